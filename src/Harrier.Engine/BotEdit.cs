using Harrier.Domain;
using Harrier.Engine.Positions;
using Harrier.Engine.Strategies;

namespace Harrier.Engine;

/// <summary>What an operator may change of a bot while it runs; it holds from the next position on.</summary>
/// <param name="Sizing">How large positions become.</param>
/// <param name="Protection">The exit rules that the platform keeps.</param>
public sealed record BotEdit(PositionSizing Sizing, ProtectionSettings Protection)
{
    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static BotEdit Read(ref StateReader reader)
    {
        SizingMethod method = (SizingMethod)reader.ReadByte();
        PositionSizing sizing = new(method, reader.ReadDecimal());
        decimal? stop = ReadOptional(ref reader);
        decimal? target = ReadOptional(ref reader);
        decimal? trail = ReadOptional(ref reader);
        decimal? ticks = ReadOptional(ref reader);
        return new BotEdit(sizing, new ProtectionSettings
        {
            StopLoss = stop,
            TakeProfit = target,
            TrailingStop = trail,
            TimeStop = ticks is { } longest ? new TimeSpan((long)longest) : null,
            WhenCanceled = (CanceledProtection)reader.ReadByte(),
        });
    }

    /// <summary>Writes everything.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Write((byte)Sizing.Method);
        writer.Write(Sizing.Amount);
        WriteOptional(ref writer, Protection.StopLoss);
        WriteOptional(ref writer, Protection.TakeProfit);
        WriteOptional(ref writer, Protection.TrailingStop);
        WriteOptional(ref writer, Protection.TimeStop?.Ticks);
        writer.Write((byte)Protection.WhenCanceled);
    }

    private static void WriteOptional(ref StateWriter writer, decimal? value)
    {
        writer.Write(value is not null);
        writer.Write(value ?? 0);
    }

    private static decimal? ReadOptional(ref StateReader reader)
    {
        bool isThere = reader.ReadBoolean();
        decimal value = reader.ReadDecimal();
        return isThere ? value : null;
    }
}
