using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Storage.Accounts;

/// <summary>What a record of an account journal is. Numbers are for good; a new kind gets a new one.</summary>
internal enum AccountRecordType : byte
{
    Header = 0,
    OrderIntended = 1,
    OrderMoved = 2,
    FillTold = 3,
    PositionStated = 4,
    BalanceStated = 5,
    MoneyBooked = 6,
    BaselineTaken = 7,
    DifferenceNoted = 8,
}

/// <summary>Facts as bytes and back.</summary>
internal static class AccountFactFormat
{
    public static AccountRecordType Write(ref StateWriter writer, AccountFact fact)
    {
        writer.Write(fact.At);
        switch (fact)
        {
            case OrderIntended intended:
                WriteOrder(ref writer, intended.Order);
                return AccountRecordType.OrderIntended;
            case OrderMoved moved:
                writer.Write(moved.ClientId);
                writer.Write((byte)moved.Standing);
                WriteId(ref writer, moved.VenueId);
                return AccountRecordType.OrderMoved;
            case FillTold told:
                WriteFill(ref writer, told.Fill);
                return AccountRecordType.FillTold;
            case PositionStated stated:
                WritePosition(ref writer, stated);
                return AccountRecordType.PositionStated;
            case BalanceStated stated:
                VenueTradeId id = stated.Id;
                writer.WriteRaw(in id);
                writer.Write(stated.Balance.Asset.Code);
                writer.Write(stated.Balance.Total);
                writer.Write(stated.AsOf);
                writer.Write(stated.Before);
                return AccountRecordType.BalanceStated;
            case MoneyBooked money:
                writer.Write(money.Amount.Asset.Code);
                writer.Write(money.Amount.Amount);
                writer.Write(money.Time);
                writer.Write(money.Cause);
                return AccountRecordType.MoneyBooked;
            case BaselineTaken taken:
                writer.Write(taken.AsOf);
                return AccountRecordType.BaselineTaken;
            case DifferenceNoted noted:
                writer.Write(noted.Subject);
                return AccountRecordType.DifferenceNoted;
            default:
                throw new ArgumentException($"an account journal keeps no {fact.GetType().Name}", nameof(fact));
        }
    }

    /// <returns>The fact; null for a type that this build does not know.</returns>
    public static AccountFact? Read(AccountRecordType type, ReadOnlySpan<byte> payload)
    {
        StateReader reader = new(payload);
        Timestamp at = type == AccountRecordType.Header ? default : reader.ReadTimestamp();
        return type switch
        {
            AccountRecordType.OrderIntended => new OrderIntended(at, ReadOrder(ref reader)),
            AccountRecordType.OrderMoved => new OrderMoved(at, reader.ReadString(), (OrderStanding)reader.ReadByte(), ReadId(ref reader)),
            AccountRecordType.FillTold => new FillTold(at, ReadFill(ref reader)),
            AccountRecordType.PositionStated => ReadPosition(ref reader, at),
            AccountRecordType.BalanceStated => new BalanceStated(
                at, reader.ReadRaw<VenueTradeId>(), new BalanceFact(new Asset(reader.ReadString()), reader.ReadDecimal()), reader.ReadTimestamp(), reader.ReadDecimal()),
            AccountRecordType.MoneyBooked => ReadMoney(ref reader, at),
            AccountRecordType.BaselineTaken => new BaselineTaken(at, reader.ReadTimestamp()),
            AccountRecordType.DifferenceNoted => new DifferenceNoted(at, reader.ReadString()),
            _ => null,
        };
    }

    private static void WriteOrder(ref StateWriter writer, OrderFact order)
    {
        writer.Write(order.Symbol);
        WriteTerms(ref writer, order.Terms);
        writer.Write(order.ClientId);
        writer.Write((byte)order.Side);
        writer.Write((byte)order.PositionSide);
        writer.Write(order.Quantity);
        writer.Write(order.Price);
        writer.Write(order.IsConditional);
        writer.Write(order.ReduceOnly);
        writer.Write(order.Bot.Index);
    }

    private static OrderFact ReadOrder(ref StateReader reader) => new()
    {
        Symbol = reader.ReadString(),
        Terms = ReadTerms(ref reader),
        ClientId = reader.ReadString(),
        Side = (OrderSide)reader.ReadByte(),
        PositionSide = (PositionSide)reader.ReadByte(),
        Quantity = reader.ReadDecimal(),
        Price = reader.ReadDecimal(),
        IsConditional = reader.ReadBoolean(),
        ReduceOnly = reader.ReadBoolean(),
        Bot = new BotId(reader.ReadInt32()),
        Standing = OrderStanding.Sent,
    };

    private static void WriteFill(ref StateWriter writer, FillFact fill)
    {
        writer.Write(fill.Symbol);
        WriteTerms(ref writer, fill.Terms);
        (VenueTradeId trade, VenueOrderId order) = (fill.TradeId, fill.OrderId);
        writer.WriteRaw(in trade);
        writer.WriteRaw(in order);
        writer.Write(fill.ClientId);
        writer.Write((byte)fill.Side);
        writer.Write((byte)fill.PositionSide);
        writer.Write(fill.Quantity);
        writer.Write(fill.Price);
        writer.Write(fill.Quote);
        writer.Write(fill.Fee);
        writer.Write(fill.FeeAsset.Code);
        writer.Write(fill.IsMaker);
        writer.Write(fill.Time);
    }

    private static FillFact ReadFill(ref StateReader reader) => new()
    {
        Symbol = reader.ReadString(),
        Terms = ReadTerms(ref reader),
        TradeId = reader.ReadRaw<VenueTradeId>(),
        OrderId = reader.ReadRaw<VenueOrderId>(),
        ClientId = reader.ReadString(),
        Side = (OrderSide)reader.ReadByte(),
        PositionSide = (PositionSide)reader.ReadByte(),
        Quantity = reader.ReadDecimal(),
        Price = reader.ReadDecimal(),
        Quote = reader.ReadDecimal(),
        Fee = reader.ReadDecimal(),
        FeeAsset = ReadAsset(ref reader),
        IsMaker = reader.ReadBoolean(),
        Time = reader.ReadTimestamp(),
    };

    private static void WritePosition(ref StateWriter writer, PositionStated stated)
    {
        VenueTradeId id = stated.Id;
        writer.WriteRaw(in id);
        writer.Write(stated.Position.Key.Symbol);
        writer.Write((byte)stated.Position.Key.Side);
        writer.Write(stated.Position.Quantity);
        writer.Write(stated.Position.EntryPrice);
        writer.Write(stated.AsOf);
        writer.Write(stated.Before);
    }

    private static PositionStated ReadPosition(ref StateReader reader, Timestamp at)
    {
        VenueTradeId id = reader.ReadRaw<VenueTradeId>();
        PositionKey key = new(reader.ReadString(), (PositionSide)reader.ReadByte());
        PositionFact position = new(key, reader.ReadDecimal(), reader.ReadDecimal());
        return new PositionStated(at, id, position, reader.ReadTimestamp(), reader.ReadDecimal());
    }

    private static MoneyBooked ReadMoney(ref StateReader reader, Timestamp at)
    {
        Asset asset = new(reader.ReadString());
        return new MoneyBooked(at, new Money(reader.ReadDecimal(), asset), reader.ReadTimestamp(), reader.ReadString());
    }

    private static void WriteTerms(ref StateWriter writer, SymbolTerms terms)
    {
        writer.Write((byte)terms.Kind);
        writer.Write(terms.Base.Code);
        writer.Write(terms.Quote.Code);
    }

    private static SymbolTerms ReadTerms(ref StateReader reader) => new((InstrumentKind)reader.ReadByte(), ReadAsset(ref reader), ReadAsset(ref reader));

    private static Asset ReadAsset(ref StateReader reader) => reader.ReadString() is { Length: > 0 } code ? new Asset(code) : default;

    private static void WriteId(ref StateWriter writer, VenueOrderId? id)
    {
        writer.Write(id.HasValue);
        VenueOrderId value = id ?? default;
        writer.WriteRaw(in value);
    }

    private static VenueOrderId? ReadId(ref StateReader reader)
    {
        bool isKnown = reader.ReadBoolean();
        VenueOrderId id = reader.ReadRaw<VenueOrderId>();
        return isKnown ? id : null;
    }
}
