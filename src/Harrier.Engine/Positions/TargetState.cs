using Harrier.Domain;

namespace Harrier.Engine.Positions;

/// <summary>How far one profit target of a position has come.</summary>
internal struct TargetState
{
    /// <summary>The order that works for it; the default when none does.</summary>
    public ClientOrderId Order;

    /// <summary>Lots sold for it so far.</summary>
    public long Sold;

    /// <summary>True once its share is sold, or too small to be sold at its price.</summary>
    public bool IsDone;

    /// <summary>True once no order of it may rest at the venue: the engine watches the price instead.</summary>
    public bool IsWatched;

    public readonly void Save(ref StateWriter writer)
    {
        writer.WriteRaw(in Order);
        writer.Write(Sold);
        writer.Write(IsDone);
        writer.Write(IsWatched);
    }

    public static TargetState Restore(ref StateReader reader) => new()
    {
        Order = reader.ReadRaw<ClientOrderId>(),
        Sold = reader.ReadInt64(),
        IsDone = reader.ReadBoolean(),
        IsWatched = reader.ReadBoolean(),
    };
}
