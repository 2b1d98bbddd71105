namespace Harrier.Testnet.Core;

/// <summary>Whether an account can pay for an order.</summary>
internal static class Funds
{
    public static Refusal? Review(ExchangeAccount account, ListedInstrument instrument, in NewOrder order)
    {
        if (account.IsHouse)
        {
            return null;
        }

        return instrument.Kind == MarketKind.Spot ? Balance(account, instrument, order) : Offer(instrument, order) ?? Margin(account, instrument, order);
    }

    /// <summary>Whether the account can carry an order that was changed.</summary>
    public static Refusal? ReviewChange(ExchangeOrder order, decimal quantity, decimal price)
    {
        if (order.Account.IsHouse || order.Terms.ReduceOnly || order.IsConditional)
        {
            return null;
        }

        decimal left = Math.Max(0, quantity - (order.Quantity - order.Remaining));
        if (order.Instrument.Kind == MarketKind.Linear)
        {
            decimal more = (left * price) - order.OpenNotional;
            decimal needed = more > 0 ? MarginRules.Additional(order.Account.Position(order.Instrument), order.Terms.IsSell, more) : 0;
            return needed > 0 && needed > Available(order.Account, order.Instrument) ? new Refusal(RefusalReason.InsufficientMargin, $"needs {needed}") : null;
        }

        decimal locked = order.Terms.IsSell ? left : left * price;
        int asset = order.Terms.IsSell ? order.Instrument.BaseAsset : order.Instrument.QuoteAsset;
        return locked - order.Locked > order.Account.SpendableOf(asset) ? new Refusal(RefusalReason.InsufficientBalance, $"needs {locked - order.Locked}") : null;
    }

    private static Refusal? Balance(ExchangeAccount account, ListedInstrument instrument, in NewOrder order)
    {
        (decimal needed, int asset) = order.IsSell
            ? (order.Quantity, instrument.BaseAsset)
            : (BuyCost(instrument, order), instrument.QuoteAsset);
        decimal free = account.SpendableOf(asset);
        return needed > free ? new Refusal(RefusalReason.InsufficientBalance, $"needs {needed} of {free}") : null;
    }

    private static decimal BuyCost(ListedInstrument instrument, in NewOrder order)
    {
        if (!OrderChecks.IsMarket(order.Type))
        {
            return order.Price * order.Quantity;
        }

        if (OrderChecks.Waits(order.Type))
        {
            return order.Quantity * (order.StopPrice > 0 ? order.StopPrice : instrument.LastPrice);
        }

        return instrument.Trading.Sweep(isSell: false, order.Quantity, 0).Quote;
    }

    // A linear all-or-nothing order that cannot be filled is refused by some venues, where spot takes it and lets it expire.
    private static Refusal? Offer(ListedInstrument instrument, in NewOrder order)
    {
        if (instrument.IsAcceptedFirst || order.TimeInForce != ExchangeTimeInForce.FOK || order.Type != ExchangeOrderType.Limit)
        {
            return null;
        }

        decimal offered = instrument.Trading.Offered(order.IsSell, order.Price);
        return offered < order.Quantity ? new Refusal(RefusalReason.NoLiquidity, $"{offered} of {order.Quantity}") : null;
    }

    private static Refusal? Margin(ExchangeAccount account, ListedInstrument instrument, in NewOrder order)
    {
        if (order.ReduceOnly || OrderChecks.Waits(order.Type))
        {
            return null;
        }

        decimal notional = Notional(instrument, order);
        ExchangePosition position = account.Position(instrument);
        decimal margin = MarginRules.Additional(position, order.IsSell, notional);
        if (margin == 0)
        {
            return null;
        }

        // What it would lose against the mark price at once has to be there too.
        decimal fair = order.Quantity * instrument.MarkPrice;
        decimal loss = Math.Max(0, order.IsSell ? fair - notional : notional - fair);
        decimal needed = margin + loss + (notional * Math.Max(0, account.TakerFee));
        decimal available = Available(account, instrument);
        return needed > available ? new Refusal(RefusalReason.InsufficientMargin, $"needs {needed} of {available}") : null;
    }

    private static decimal Notional(ListedInstrument instrument, in NewOrder order)
    {
        if (!OrderChecks.IsMarket(order.Type))
        {
            decimal best = instrument.Trading.BestPrice(!order.IsSell);
            return order.Quantity * (order.IsSell ? Math.Max(order.Price, best) : order.Price);
        }

        Estimate estimate = instrument.Trading.Sweep(order.IsSell, order.Quantity, 0);
        return estimate.Quote + ((order.Quantity - estimate.Quantity) * instrument.MarkPrice);
    }

    private static decimal Available(ExchangeAccount account, ListedInstrument instrument) => MarginRules.Summary(account, instrument.QuoteAsset).Available;
}
