using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Keeping;

/// <summary>Orders and fills as records.</summary>
internal static class KeptOrders
{
    public static void Write(ref StateWriter writer, ExchangeOrder order)
    {
        writer.Write(order.Id);
        writer.Write(order.Account.Name);
        writer.Write(order.ParentConditionalId);
        writer.Write(order.IsConditional);
        writer.Write(order.IsLiquidation);
        Write(ref writer, order.Terms);
        writer.Write(order.ClientId);
        writer.Write(order.OriginalClientId);
        writer.Write((byte)order.Status);
        writer.Write(order.Quantity);
        writer.Write(order.Price);
        writer.Write(order.TriggerPrice);
        writer.Write(order.Executed);
        writer.Write(order.ExecutedQuote);
        writer.Write(order.Prevented);
        writer.Write(order.Created);
        writer.Write(order.Updated);
        writer.Write(order.WorkingSince);
        writer.Write(order.IsWorking);
        writer.Write(order.IsTriggered);
        writer.Write(order.ChildOrderId);
        writer.Write(order.EndReason ?? "");
        writer.Write(order.TrailBest);
        writer.Write(order.IsTrailing);
        writer.Write(order.StartsAbove);
    }

    /// <summary>Makes an order again.</summary>
    /// <param name="content">Its record.</param>
    /// <param name="core">Where.</param>
    /// <param name="known">The orders made before it, by id.</param>
    public static ExchangeOrder Read(ReadOnlyMemory<byte> content, ExchangeCore core, Dictionary<long, ExchangeOrder> known)
    {
        StateReader reader = new(content.Span);
        long id = reader.ReadInt64();
        ExchangeAccount account = core.ByName(reader.ReadString())!;
        long parent = reader.ReadInt64();
        bool isConditional = reader.ReadBoolean();
        bool isLiquidation = reader.ReadBoolean();
        NewOrder terms = ReadTerms(ref reader);
        ListedInstrument instrument = core.Find(terms.Symbol) ?? throw new InvalidDataException($"an order in {terms.Symbol}, which the exchange does not list any more");
        return new ExchangeOrder(id, account, instrument, terms)
        {
            ParentConditionalId = parent,
            Parent = known.GetValueOrDefault(parent),
            IsConditional = isConditional,
            IsLiquidation = isLiquidation,
            ClientId = reader.ReadString(),
            OriginalClientId = reader.ReadString(),
            Status = (ExchangeOrderStatus)reader.ReadByte(),
            Quantity = reader.ReadDecimal(),
            Price = reader.ReadDecimal(),
            TriggerPrice = reader.ReadDecimal(),
            Executed = reader.ReadDecimal(),
            ExecutedQuote = reader.ReadDecimal(),
            Prevented = reader.ReadDecimal(),
            Created = reader.ReadTimestamp(),
            Updated = reader.ReadTimestamp(),
            WorkingSince = reader.ReadTimestamp(),
            IsWorking = reader.ReadBoolean(),
            IsTriggered = reader.ReadBoolean(),
            ChildOrderId = reader.ReadInt64(),
            EndReason = reader.ReadString() is { Length: > 0 } reason ? reason : null,
            TrailBest = reader.ReadDecimal(),
            IsTrailing = reader.ReadBoolean(),
            StartsAbove = reader.ReadBoolean(),
        };
    }

    public static void Write(ref StateWriter writer, ExchangeFill fill)
    {
        writer.Write(fill.Order.Id);
        writer.Write(fill.TradeId);
        writer.Write(fill.Price);
        writer.Write(fill.Quantity);
        writer.Write(fill.QuoteQuantity);
        writer.Write(fill.Fee);
        writer.Write(fill.FeeAsset);
        writer.Write(fill.IsMaker);
        writer.Write(fill.Time);
        writer.Write(fill.ClosedQuantity);
        writer.Write(fill.RealizedPnl);
    }

    /// <summary>Makes a fill again; null where its order is forgotten.</summary>
    public static ExchangeFill? ReadFill(ReadOnlyMemory<byte> content, Dictionary<long, ExchangeOrder> known)
    {
        StateReader reader = new(content.Span);
        return !known.TryGetValue(reader.ReadInt64(), out ExchangeOrder? order) ? null : new ExchangeFill
        {
            Order = order,
            TradeId = reader.ReadInt64(),
            Price = reader.ReadDecimal(),
            Quantity = reader.ReadDecimal(),
            QuoteQuantity = reader.ReadDecimal(),
            Fee = reader.ReadDecimal(),
            FeeAsset = reader.ReadString(),
            IsMaker = reader.ReadBoolean(),
            Time = reader.ReadTimestamp(),
            ClosedQuantity = reader.ReadDecimal(),
            RealizedPnl = reader.ReadDecimal(),
        };
    }

    private static void Write(ref StateWriter writer, in NewOrder terms)
    {
        writer.Write(terms.Symbol);
        writer.Write(terms.IsSell);
        writer.Write((byte)terms.Type);
        writer.Write((byte)terms.TimeInForce);
        writer.Write(terms.Quantity);
        writer.Write(terms.QuoteQuantity);
        writer.Write(terms.Price);
        writer.Write(terms.StopPrice);
        writer.Write(terms.TrailingDeltaBps);
        writer.Write(terms.TrailingDistance);
        writer.Write(terms.ClientId);
        writer.Write(terms.ReduceOnly);
        writer.Write(terms.ClosePosition);
        writer.Write(terms.TriggerByMark);
        writer.Write(terms.GoodTill);
        writer.Write((byte)terms.Stp);
        writer.Write(terms.IcebergQuantity);
    }

    private static NewOrder ReadTerms(ref StateReader reader) => new()
    {
        Symbol = reader.ReadString(),
        IsSell = reader.ReadBoolean(),
        Type = (ExchangeOrderType)reader.ReadByte(),
        TimeInForce = (ExchangeTimeInForce)reader.ReadByte(),
        Quantity = reader.ReadDecimal(),
        QuoteQuantity = reader.ReadDecimal(),
        Price = reader.ReadDecimal(),
        StopPrice = reader.ReadDecimal(),
        TrailingDeltaBps = reader.ReadInt32(),
        TrailingDistance = reader.ReadDecimal(),
        ClientId = reader.ReadString(),
        ReduceOnly = reader.ReadBoolean(),
        ClosePosition = reader.ReadBoolean(),
        TriggerByMark = reader.ReadBoolean(),
        GoodTill = reader.ReadTimestamp(),
        Stp = (SelfTradePrevention)reader.ReadByte(),
        IcebergQuantity = reader.ReadDecimal(),
    };
}
