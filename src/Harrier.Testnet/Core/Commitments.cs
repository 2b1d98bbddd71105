namespace Harrier.Testnet.Core;

/// <summary>What open orders hold back: balances on spot, notional that needs margin on linear markets.</summary>
internal sealed class Commitments(EventFan events)
{
    /// <summary>Brings what an order holds back in line with what is left of it.</summary>
    public void Update(ExchangeOrder order)
    {
        if (order.Account.IsHouse || order.IsConditional)
        {
            return;
        }

        decimal needed = order.IsOpen && !(order.IsWorking && !order.HasLimitPrice) ? Needed(order, order.Remaining) : 0;
        if (order.Instrument.Kind == MarketKind.Linear)
        {
            UpdateNotional(order, needed);
            return;
        }

        decimal more = needed - order.Locked;
        if (more != 0)
        {
            int asset = order.Terms.IsSell ? order.Instrument.BaseAsset : order.Instrument.QuoteAsset;
            order.Locked = needed;
            order.Account.Lock(asset, more);
            events.Touch(order.Account, asset);
        }
    }

    /// <summary>What an order of this size would hold back, whatever its state.</summary>
    public static decimal Needed(ExchangeOrder order, decimal quantity) =>
        order.Instrument.Kind == MarketKind.Spot && order.Terms.IsSell ? quantity : quantity * CommitPrice(order);

    // A market order that waits for a stop price holds back its cost at that price, or at the last one while it only trails.
    private static decimal CommitPrice(ExchangeOrder order) =>
        order.HasLimitPrice ? order.Price : order.Terms.StopPrice > 0 ? order.Terms.StopPrice : order.Instrument.LastPrice;

    private static void UpdateNotional(ExchangeOrder order, decimal needed)
    {
        needed = order.Terms.ReduceOnly ? 0 : needed;
        ExchangePosition position = order.Account.Position(order.Instrument);
        if (order.Terms.IsSell)
        {
            position.OpenSells += needed - order.OpenNotional;
        }
        else
        {
            position.OpenBuys += needed - order.OpenNotional;
        }

        order.OpenNotional = needed;
    }
}
