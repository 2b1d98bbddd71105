using Harrier.Domain;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>What asking after a lost answer found out.</summary>
public enum QueryVerdict : byte
{
    /// <summary>The venue has the order.</summary>
    Found = 0,

    /// <summary>The order does not exist and cannot come into being any more.</summary>
    ProvenAbsent = 1,

    /// <summary>Neither could be shown in time: a person, or reconciliation, has to look.</summary>
    Unsettled = 2,
}

/// <summary>How long to ask after an order whose answer was lost.</summary>
public sealed record UnknownOrderOptions
{
    /// <summary>Pauses before the questions.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } =
        [.. new[] { 0.25, 0.5, 1, 2, 4, 8, 16 }.Select(TimeSpan.FromSeconds)];

    /// <summary>Time after which the venue can no longer take the request: its receive window and the largest difference of clocks.</summary>
    public TimeSpan RequestLife { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Answers "not found" that prove absence, all after <see cref="RequestLife"/> has passed for the last.</summary>
    public int NotFoundAnswers { get; init; } = 3;

    /// <summary>Time that those answers must span, as a venue answers from memory that lags.</summary>
    public TimeSpan NotFoundSpan { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Asks after an order whose answer was lost, by our id, until the venue shows it or its absence is proved. It never sends the order again.</summary>
public sealed class UnknownOrderQuery(TradingClient client, TimeProvider time, UnknownOrderOptions options)
{
    /// <summary>Asks.</summary>
    /// <param name="order">The order; when news of it comes by another way, the asking ends.</param>
    /// <param name="key">How the venue finds it.</param>
    /// <param name="sent">When the request left.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <returns>The verdict, and the order when it was found by asking.</returns>
    public async Task<(QueryVerdict Verdict, VenueOrder? Order)> ResolveAsync(TrackedOrder order, OrderKey key, Timestamp sent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        int notFound = 0;
        Timestamp? first = null;
        foreach (TimeSpan pause in options.Pauses)
        {
            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
            VenueResult<VenueOrder> answer = await client.QueryAsync(key, cancellation).ConfigureAwait(false);
            if (answer.IsOk)
            {
                return (QueryVerdict.Found, answer.Value);
            }

            if (order.IsAccepted || order.IsFinal)
            {
                return (QueryVerdict.Found, null);
            }

            if (answer.Error.Kind != VenueErrorKind.OrderNotFound)
            {
                continue;
            }

            Timestamp now = Timestamp.From(time.GetUtcNow());
            first ??= now;
            notFound++;
            bool proved = notFound >= options.NotFoundAnswers && now - first.Value >= options.NotFoundSpan && now - sent > options.RequestLife;
            if (proved && await HasNoFillAsync(order, sent, cancellation).ConfigureAwait(false))
            {
                return (QueryVerdict.ProvenAbsent, null);
            }
        }

        return (QueryVerdict.Unsettled, null);
    }

    // Nothing may have traded on this symbol, since the request left, that no known order explains.
    private async Task<bool> HasNoFillAsync(TrackedOrder order, Timestamp sent, CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<OwnTrade>> trades = await client.TradesAsync(new HistoryQuery(order.Request.Symbol, sent), cancellation).ConfigureAwait(false);
        if (!trades.IsOk)
        {
            return false;
        }

        foreach (long id in trades.Value.Where(t => t.Side == order.Request.Side && t.Quantity <= order.Request.Quantity).Select(t => t.OrderId).Distinct())
        {
            VenueResult<VenueOrder> owner = await client.QueryAsync(new OrderKey(order.Request.Symbol, "", id), cancellation).ConfigureAwait(false);
            if (!owner.IsOk || owner.Value.ClientId == order.Request.ClientId)
            {
                return false;
            }
        }

        return true;
    }
}
