using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Conversions;

/// <summary>An order that may have been sent.</summary>
/// <param name="Conversion">What it converts.</param>
/// <param name="Joint">Where.</param>
/// <param name="Sent">When it left at the earliest.</param>
/// <param name="GoneBy">From when on nothing of it is on its way from here.</param>
internal sealed record PossibleOrder(OpenConversion Conversion, SpotJoint Joint, Timestamp Sent, Timestamp GoneBy);

/// <summary>Finds out by reading alone what became of an order, by our own id of it.</summary>
internal sealed class SpotOrderResolver(TradingAccess access, Func<UnknownOutcomeOptions, UnknownOutcomeOptions> tune, TimeProvider time)
{
    private static readonly TimeSpan ProofTime = TimeSpan.FromSeconds(30);

    public async Task<ConversionResult> ResolveAsync(PossibleOrder possible, CancellationToken cancellation)
    {
        UnknownOutcomeOptions usual = access.Unknown;
        TimeSpan needed = usual.QuietTime + (possible.GoneBy - Timestamp.From(time.GetUtcNow())) + ProofTime;
        UnknownOutcomeOptions when = tune(usual with
        {
            QuietTime = usual.QuietTime + (possible.GoneBy - possible.Sent),
            EscalateAfter = needed > usual.EscalateAfter ? needed : usual.EscalateAfter,
        });
        OrderRequest order = RequestOf(possible);
        UnknownOutcomeQueries<VenueOrder> queries = new()
        {
            ById = stop => LookAsync(order, stop),
            Fills = stop => UnexplainedFills.SearchAsync(access.Client, order, possible.Sent, stop),
            AccountAgrees = static _ => Task.FromResult<bool?>(true),

            // Nobody listens to a stream here that could have lost something.
            StreamSoundSince = () => possible.Sent,
        };
        try
        {
            UnknownResolution<VenueOrder> found = await new UnknownOutcomeResolver<VenueOrder>(when, queries, possible.Sent, time).ResolveAsync(cancellation).ConfigureAwait(false);
            return found.State switch
            {
                UnknownState.Adopted when found.Order is { } ended => SpotSettlement.Of(ended, possible.Conversion, possible.Joint),
                UnknownState.ProvenAbsent => ConversionAnswers.NotDone(RejectReason.ProvenAbsent, $"order {order.ClientId}: {found.Reason}"),
                _ => ConversionAnswers.Unknown($"order {order.ClientId} is not settled in time: {found.Reason}"),
            };
        }
        catch (OperationCanceledException)
        {
            return ConversionAnswers.Unknown("given up while the outcome was unknown");
        }
    }

    /// <summary>An order that has ended, with all its executions; null while one of them is not told.</summary>
    public async Task<VenueOrder?> CompleteAsync(VenueOrder order, CancellationToken cancellation)
    {
        if (SpotSettlement.IsWhole(order))
        {
            return order;
        }

        VenueResult<IReadOnlyList<OwnTrade>> fills = await access.Client.TradesAsync(new HistoryQuery(order.Symbol, OrderId: order.VenueId), cancellation).ConfigureAwait(false);
        VenueOrder? whole = fills.IsOk ? order with { Fills = [.. fills.Value.Where(fill => fill.OrderId == order.VenueId).DistinctBy(static fill => fill.TradeId)] } : null;
        return whole is not null && SpotSettlement.IsWhole(whole) ? whole : null;
    }

    // What matters of it is whose it is: sizes of purchases were not written down.
    private static OrderRequest RequestOf(PossibleOrder possible) => new()
    {
        Symbol = possible.Joint.Symbol,
        ClientId = possible.Conversion.Intent.ToString(),
        Side = possible.Joint.Side,
        Type = OrderType.Limit,
        Quantity = possible.Joint.IsSale ? possible.Conversion.From.Amount : decimal.MaxValue,
    };

    private async Task<(Sighting Seen, VenueOrder? Order)> LookAsync(OrderRequest order, CancellationToken cancellation)
    {
        VenueResult<VenueOrder> answer = await access.Client.QueryAsync(new OrderKey(order.Symbol, order.ClientId), cancellation).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return (answer.Error.Kind == VenueErrorKind.OrderNotFound ? Sighting.NotFound : Sighting.NoAnswer, null);
        }

        // It may still trade: it is asked for again.
        VenueOrder? whole = answer.Value.IsFinal ? await CompleteAsync(answer.Value, cancellation).ConfigureAwait(false) : null;
        return whole is null ? (Sighting.NoAnswer, null) : (Sighting.Found, whole);
    }
}
