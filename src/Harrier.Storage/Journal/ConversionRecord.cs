using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Storage.Journal;

/// <summary>A step of a conversion as a journal holds it.</summary>
internal static class ConversionRecord
{
    public static void Write(ref StateWriter writer, in ConversionReport report)
    {
        writer.Write((byte)report.Stage);
        writer.Write(unchecked((long)report.Id.High));
        writer.Write(unchecked((long)report.Id.Low));
        ClientOrderId intent = report.Intent;
        writer.WriteRaw(in intent);
        writer.Write(report.Bot.Index);
        writer.Write(report.From.Amount);
        writer.Write(report.From.Asset.Code);
        writer.Write(report.To.Amount);
        writer.Write(report.To.Asset.Code);
        writer.Write(report.FeeFrom);
        writer.Write(report.FeeTo);
        writer.Write(report.Expires);
        writer.Write(report.Time);
    }

    public static ConversionReport Read(ref StateReader reader)
    {
        ConversionStage stage = (ConversionStage)reader.ReadByte();
        ulong high = unchecked((ulong)reader.ReadInt64());
        return new ConversionReport
        {
            Stage = stage,
            Id = VenueTradeId.FromParts(high, unchecked((ulong)reader.ReadInt64())),
            Intent = reader.ReadRaw<ClientOrderId>(),
            Bot = new BotId(reader.ReadInt32()),
            From = ReadMoney(ref reader),
            To = ReadMoney(ref reader),
            FeeFrom = reader.ReadDecimal(),
            FeeTo = reader.ReadDecimal(),
            Expires = reader.ReadTimestamp(),
            Time = reader.ReadTimestamp(),
        };
    }

    private static Money ReadMoney(ref StateReader reader)
    {
        decimal amount = reader.ReadDecimal();
        return new Money(amount, new Asset(reader.ReadString()));
    }
}
