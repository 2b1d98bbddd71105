using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Simulation.Books;

/// <summary>Saves reports that are on their way to us.</summary>
internal static class ReportState
{
    public static void Save(ref StateWriter writer, in ExecutionReport report)
    {
        ClientOrderId order = report.Order;
        BotId bot = report.Bot;
        InstrumentId instrument = report.Instrument;
        VenueTradeId trade = report.TradeId;
        writer.Write((byte)report.Kind);
        writer.WriteRaw(in order);
        writer.WriteRaw(in bot);
        writer.WriteRaw(in instrument);
        writer.Write((byte)report.Side);
        writer.WriteRaw(in trade);
        writer.Write(report.Price.Value);
        writer.Write(report.Size.Value);
        writer.Write(report.Fee);
        writer.Write(report.FeeAsset == default ? "" : report.FeeAsset.Code);
        writer.Write(report.IsMaker);
        writer.Write((byte)report.Reason);
        writer.Write(report.Time);
        writer.Write(report.ReceivedTime);
    }

    public static ExecutionReport Restore(ref StateReader reader) => new()
    {
        Kind = (ExecutionKind)reader.ReadByte(),
        Order = reader.ReadRaw<ClientOrderId>(),
        Bot = reader.ReadRaw<BotId>(),
        Instrument = reader.ReadRaw<InstrumentId>(),
        Side = (OrderSide)reader.ReadByte(),
        TradeId = reader.ReadRaw<VenueTradeId>(),
        Price = new PriceTicks(reader.ReadInt64()),
        Size = new SizeLots(reader.ReadInt64()),
        Fee = reader.ReadDecimal(),
        FeeAsset = reader.ReadString() is { Length: > 0 } code ? new Asset(code) : default,
        IsMaker = reader.ReadBoolean(),
        Reason = (RejectReason)reader.ReadByte(),
        Time = reader.ReadTimestamp(),
        ReceivedTime = reader.ReadTimestamp(),
    };
}
