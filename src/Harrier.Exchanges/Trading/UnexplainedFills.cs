using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>Looks for executions of an order that the venue does not show.</summary>
internal static class UnexplainedFills
{
    /// <summary>Executions do not carry our id: those since the request left, that fit it, are traced to their orders.</summary>
    /// <param name="client">The account.</param>
    /// <param name="order">The order.</param>
    /// <param name="sent">When it left.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<Sighting> SearchAsync(TradingClient client, OrderRequest order, Timestamp sent, CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<OwnTrade>> trades = await client.TradesAsync(new HistoryQuery(order.Symbol, sent), cancellation).ConfigureAwait(false);
        if (!trades.IsOk)
        {
            return Sighting.NoAnswer;
        }

        foreach (VenueOrderId id in trades.Value.Where(t => t.Side == order.Side && t.Quantity <= order.Quantity).Select(t => t.OrderId).Distinct())
        {
            VenueResult<VenueOrder> owner = await client.QueryAsync(new OrderKey(order.Symbol, "", id), cancellation).ConfigureAwait(false);
            if (!owner.IsOk)
            {
                return Sighting.NoAnswer;
            }

            if (owner.Value.ClientId == order.ClientId)
            {
                return Sighting.Found;
            }
        }

        return Sighting.NotFound;
    }
}
