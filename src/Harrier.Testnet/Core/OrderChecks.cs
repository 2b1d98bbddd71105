namespace Harrier.Testnet.Core;

/// <summary>The rules an order must meet, in the order in which Binance checks its filters; balances come last.</summary>
internal static class OrderChecks
{
    /// <summary>Checks everything that does not depend on balances.</summary>
    public static Refusal? Review(ExchangeAccount account, ListedInstrument instrument, in NewOrder order)
    {
        if (account.IsHouse)
        {
            return instrument.Status == ListingStatus.Trading ? Grid(instrument, order) : Closed(instrument);
        }

        if (!account.Permissions.CanTrade)
        {
            return new Refusal(RefusalReason.AccountSuspended, account.Name);
        }

        if (instrument.Status != ListingStatus.Trading)
        {
            return Closed(instrument);
        }

        return Price(instrument, order) ?? Stop(instrument, order) ?? Quantity(instrument, order) ?? Counts(account, instrument, order)
            ?? Trigger(instrument, order) ?? Taking(instrument, order);
    }

    /// <summary>Checks a waiting order that was changed.</summary>
    public static Refusal? ReviewWaiting(ListedInstrument instrument, in NewOrder order) =>
        Price(instrument, order) ?? Stop(instrument, order) ?? Quantity(instrument, order) ?? Trigger(instrument, order);

    /// <summary>Size rules of a quantity that is known only now: of an order sized in quote, or one that was amended.</summary>
    public static Refusal? Size(ListedInstrument instrument, decimal quantity, bool isMarket)
    {
        if (quantity < instrument.MinQuantity || quantity <= 0)
        {
            return new Refusal(RefusalReason.QuantityTooSmall, $"LOT_SIZE {quantity} < {instrument.MinQuantity}");
        }

        if (quantity > instrument.MaxQuantity)
        {
            return new Refusal(RefusalReason.QuantityTooLarge, $"LOT_SIZE {quantity} > {instrument.MaxQuantity}");
        }

        if (!instrument.Trading.IsOnLotGrid(quantity))
        {
            return new Refusal(RefusalReason.QuantityStep, $"LOT_SIZE {quantity} step {instrument.LotSize}");
        }

        return isMarket && quantity > instrument.MaxMarketQuantity
            ? new Refusal(RefusalReason.QuantityTooLarge, $"MARKET_LOT_SIZE {quantity} > {instrument.MaxMarketQuantity}")
            : null;
    }

    /// <summary>Limits and grid of a price.</summary>
    public static Refusal? PriceFilter(ListedInstrument instrument, decimal price)
    {
        if (price <= 0 || price < instrument.MinPrice || price > instrument.MaxPrice)
        {
            return new Refusal(RefusalReason.BadPrice, $"PRICE_FILTER {price} outside {instrument.MinPrice} to {instrument.MaxPrice}");
        }

        return price % instrument.TickSize == 0 ? null : new Refusal(RefusalReason.PriceTick, $"PRICE_FILTER {price} tick {instrument.TickSize}");
    }

    /// <summary>Distance of a limit price from the average price: the mark price on linear markets, the last price on spot.</summary>
    public static Refusal? Band(ListedInstrument instrument, decimal price)
    {
        decimal average = Average(instrument);
        return average > 0 && (price > average * instrument.PriceBandUp || price < average * instrument.PriceBandDown)
            ? new Refusal(RefusalReason.PriceBand, $"PERCENT_PRICE {price} of average {average}")
            : null;
    }

    /// <summary>Least worth of an order; reduce-only orders are exempt.</summary>
    public static Refusal? Worth(ListedInstrument instrument, decimal price, decimal quantity) => price * quantity < instrument.MinNotional
        ? new Refusal(RefusalReason.MinNotional, $"NOTIONAL {price * quantity} < {instrument.MinNotional}")
        : null;

    /// <summary>True for the types that end in a market order.</summary>
    public static bool IsMarket(ExchangeOrderType type) =>
        type is ExchangeOrderType.Market or ExchangeOrderType.StopLoss or ExchangeOrderType.TakeProfit or ExchangeOrderType.TrailingStop;

    /// <summary>True for the types that wait for a price.</summary>
    public static bool Waits(ExchangeOrderType type) => type is not (ExchangeOrderType.Limit or ExchangeOrderType.Market or ExchangeOrderType.LimitMaker);

    /// <summary>True when the order waits for the price to rise, false when it waits for it to fall.</summary>
    public static bool TriggersAbove(in NewOrder order) =>
        order.Type is ExchangeOrderType.TakeProfit or ExchangeOrderType.TakeProfitLimit ? order.IsSell : !order.IsSell;

    /// <summary>The price a trigger looks at.</summary>
    public static decimal TriggerSource(ListedInstrument instrument, in NewOrder order) => order.TriggerByMark ? instrument.MarkPrice : instrument.LastPrice;

    public static decimal Average(ListedInstrument instrument) => instrument.Kind == MarketKind.Linear ? instrument.MarkPrice : instrument.LastPrice;

    // House orders skip the limits but not the grid: the engine could not hold them.
    private static Refusal? Grid(ListedInstrument instrument, in NewOrder order)
    {
        if (order.Quantity <= 0 || !instrument.Trading.IsOnLotGrid(order.Quantity))
        {
            return new Refusal(RefusalReason.QuantityStep, $"LOT_SIZE {order.Quantity} step {instrument.LotSize}");
        }

        if (IsMarket(order.Type))
        {
            return null;
        }

        if (order.Price <= 0 || order.Price % instrument.TickSize != 0)
        {
            return new Refusal(RefusalReason.PriceTick, $"PRICE_FILTER {order.Price} tick {instrument.TickSize}");
        }

        return Taking(instrument, order);
    }

    private static Refusal Closed(ListedInstrument instrument) => new(RefusalReason.MarketClosed, instrument.Status.ToString());

    private static Refusal? Price(ListedInstrument instrument, in NewOrder order) =>
        IsMarket(order.Type) ? null : PriceFilter(instrument, order.Price) ?? Band(instrument, order.Price);

    private static Refusal? Stop(ListedInstrument instrument, in NewOrder order)
    {
        if (!Waits(order.Type))
        {
            return null;
        }

        if (order.StopPrice == 0 && order.Trails)
        {
            return null;
        }

        return PriceFilter(instrument, order.StopPrice);
    }

    private static Refusal? Quantity(ListedInstrument instrument, in NewOrder order)
    {
        bool isMarket = IsMarket(order.Type);
        if (order.ClosePosition)
        {
            return null;
        }

        decimal price = isMarket ? MarketPrice(instrument, order) : order.Price;
        if (order.QuoteQuantity > 0)
        {
            return order.QuoteQuantity < instrument.MinNotional
                ? new Refusal(RefusalReason.MinNotional, $"NOTIONAL {order.QuoteQuantity} < {instrument.MinNotional}")
                : null;
        }

        Refusal? size = Size(instrument, order.Quantity, isMarket) ?? Iceberg(instrument, order);
        return size ?? (order.ReduceOnly || price <= 0 ? null : Worth(instrument, price, order.Quantity));
    }

    private static Refusal? Iceberg(ListedInstrument instrument, in NewOrder order)
    {
        if (order.IcebergQuantity == 0)
        {
            return null;
        }

        return order.IcebergQuantity < instrument.MinQuantity || order.IcebergQuantity > order.Quantity
            || !instrument.Trading.IsOnLotGrid(order.IcebergQuantity)
            ? new Refusal(RefusalReason.QuantityStep, $"LOT_SIZE iceberg {order.IcebergQuantity} step {instrument.LotSize}")
            : null;
    }

    private static decimal MarketPrice(ListedInstrument instrument, in NewOrder order) =>
        Waits(order.Type) && order.StopPrice > 0 ? order.StopPrice : Average(instrument);

    private static Refusal? Counts(ExchangeAccount account, ListedInstrument instrument, in NewOrder order)
    {
        ExchangePosition standing = account.Position(instrument);
        bool waits = Waits(order.Type);
        if (waits && standing.WaitingCount >= instrument.MaxConditionalOrders)
        {
            return new Refusal(RefusalReason.TooManyConditional, $"MAX_NUM_ALGO_ORDERS {instrument.MaxConditionalOrders}");
        }

        bool isObject = waits && instrument.Kind == MarketKind.Linear;
        if (!isObject && standing.OpenCount >= instrument.MaxOrders)
        {
            return new Refusal(RefusalReason.TooManyOrders, $"MAX_NUM_ORDERS {instrument.MaxOrders}");
        }

        return order.ClientId.Length > 0 && account.OpenByClientId.ContainsKey((instrument.Index, isObject, order.ClientId))
            ? new Refusal(RefusalReason.DuplicateClientId, order.ClientId)
            : null;
    }

    private static Refusal? Trigger(ListedInstrument instrument, in NewOrder order)
    {
        decimal now = TriggerSource(instrument, order);
        if (!Waits(order.Type) || order.Trails || now == 0)
        {
            return null;
        }

        bool reached = TriggersAbove(order) ? now >= order.StopPrice : now <= order.StopPrice;
        return reached ? new Refusal(RefusalReason.WouldTrigger, $"{now} against {order.StopPrice}") : null;
    }

    private static Refusal? Taking(ListedInstrument instrument, in NewOrder order)
    {
        bool postOnly = order.Type == ExchangeOrderType.LimitMaker || (order.Type == ExchangeOrderType.Limit && order.TimeInForce == ExchangeTimeInForce.PostOnly);
        return postOnly && !instrument.IsAcceptedFirst && instrument.Trading.WouldTake(order.IsSell, order.Price) ? new Refusal(RefusalReason.WouldTake, $"{order.Price}") : null;
    }
}
