using Harrier.Domain;

namespace Harrier.Engine;

/// <summary>What a person does with the orders of a bot.</summary>
public enum HandOrderKind : byte
{
    /// <summary>An order is placed, through the same risk gate as those of strategies.</summary>
    Place = 0,

    /// <summary>The position is left at the market, whole.</summary>
    Close = 1,

    /// <summary>An order that a person or a signal placed is canceled. Those that protect a position stay.</summary>
    Cancel = 2,
}

/// <summary>An order by hand, in the instrument of its bot.</summary>
/// <param name="Kind">What is done.</param>
public sealed record HandOrder(HandOrderKind Kind)
{
    /// <summary>Buy or sell; read for <see cref="HandOrderKind.Place"/> only, as are size and limit.</summary>
    public OrderSide Side { get; init; }

    /// <summary>Size in lots, above 0.</summary>
    public SizeLots Size { get; init; }

    /// <summary>The limit price.</summary>
    /// <value>Null: at the market.</value>
    public PriceTicks? Limit { get; init; }

    /// <summary>Whether it may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>The order that <see cref="HandOrderKind.Cancel"/> cancels.</summary>
    public ClientOrderId Order { get; init; }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static HandOrder Read(ref StateReader reader)
    {
        HandOrder order = new((HandOrderKind)reader.ReadByte())
        {
            Side = (OrderSide)reader.ReadByte(),
            Size = new SizeLots(reader.ReadInt64()),
            ReduceOnly = reader.ReadBoolean(),
            Order = reader.ReadRaw<ClientOrderId>(),
        };
        bool isLimited = reader.ReadBoolean();
        PriceTicks limit = new(reader.ReadInt64());
        return order with { Limit = isLimited ? limit : null };
    }

    /// <summary>Writes every field; the one form in which such orders are journaled.</summary>
    public void Write(ref StateWriter writer)
    {
        ClientOrderId order = Order;
        writer.Write((byte)Kind);
        writer.Write((byte)Side);
        writer.Write(Size.Value);
        writer.Write(ReduceOnly);
        writer.WriteRaw(in order);
        writer.Write(Limit is not null);
        writer.Write((Limit ?? default).Value);
    }
}
