using Harrier.Domain;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance;

/// <summary>Refuses, before anything is sent, what the venue does not have or what contradicts itself.</summary>
internal static class OrderTermsCheck
{
    // Range of the trailing distance: 10 to 2000 basis points by a symbol's usual filter on spot, 0.1 to 10 % on USD-M.
    private const decimal LeastTrailing = 0.001m;
    private const decimal MostTrailing = 0.1m;

    public static VenueError? Refuse(BinanceMarket market, OrderRequest order)
    {
        string? reason = OrderTerms.Contradiction(order) ?? Trails(order) ?? (market == BinanceMarket.Spot ? Spot(order) : UsdM(order));
        return reason is null ? null : new VenueError(VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, reason);
    }

    private static string? Trails(OrderRequest order) => order is { Type: OrderType.TrailingStop, TrailingFraction: < LeastTrailing or > MostTrailing }
        ? $"the venue trails by {LeastTrailing:P1} to {MostTrailing:P0} of the best price, not by {order.TrailingFraction:P3}"
        : null;

    private static string? Spot(OrderRequest order) => order switch
    {
        { PositionSide: not PositionSide.Both } => "spot has no long and short positions",
        { TriggerByMark: true } => "spot has no mark price to trigger by",

        // A spot sale can only reduce what is held, so the flag needs no counterpart there; a purchase never reduces anything.
        { ReduceOnly: true, Side: OrderSide.Buy } => "a reduce-only purchase does not exist on spot",
        { PostOnly: true, Type: not OrderType.Limit } => "spot has no post-only orders that wait for a trigger",
        _ => null,
    };

    private static string? UsdM(OrderRequest order) => order switch
    {
        { QuoteQuantity: > 0 } => "contracts are sized in base currency only",
        { ReduceOnly: true, PositionSide: not PositionSide.Both } => "in hedge mode the position side says what reduces; reduce-only is not accepted",
        _ => null,
    };
}
