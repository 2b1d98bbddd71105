using Harrier.Domain;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Bybit;

/// <summary>Refuses, before anything is sent, what the venue does not have or what contradicts itself.</summary>
internal static class BybitOrderTerms
{
    public static VenueError? Refuse(BybitMarket market, OrderRequest order)
    {
        string? reason = OrderTerms.Contradiction(order) ?? (market == BybitMarket.Spot ? Spot(order) : Linear(order));
        return reason is null ? null : Refused(reason);
    }

    public static VenueError Refused(string reason) => new(VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, reason);

    private static string? Spot(OrderRequest order) => order switch
    {
        { PositionSide: not PositionSide.Both } => "spot has no long and short positions",
        { TriggerByMark: true } => "spot has no mark price to trigger by",
        { Type: OrderType.TrailingStop } => "spot has no trailing stops",

        // A spot sale can only reduce what is held, so the flag needs no counterpart there; a purchase never reduces anything.
        { ReduceOnly: true, Side: OrderSide.Buy } => "a reduce-only purchase does not exist on spot",
        _ => null,
    };

    private static string? Linear(OrderRequest order) => order switch
    {
        { QuoteQuantity: > 0 } => "contracts are sized in base currency only",
        { ReduceOnly: true, PositionSide: not PositionSide.Both } => "in hedge mode the position side says what reduces; reduce-only is not needed",
        { Type: OrderType.TrailingStop, ReduceOnly: false } => "the venue's trailing stop belongs to a position and closes it: it must be reduce-only",
        { Type: OrderType.TrailingStop, TrailingFraction: <= 0 or >= 1 } => "the distance of a trailing stop is a fraction of the price between 0 and 1",
        _ => null,
    };
}
