using System.Buffers;
using System.Reflection;
using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Tests.Engine.Execution;

/// <summary>The one form in which reports are journaled and saved.</summary>
public sealed class ExecutionReportTests
{
    [Fact]
    public void Read_OfAReportWithEveryField_GivesEveryFieldBack()
    {
        ExecutionReport report = new()
        {
            Kind = ExecutionKind.Corrected,
            Order = new ClientOrderId(7, 11),
            Bot = new BotId(2),
            Instrument = new InstrumentId(3),
            Side = OrderSide.Sell,
            TradeId = new VenueTradeId(5),
            ReplacedPrice = new PriceTicks(99),
            Price = new PriceTicks(101),
            Size = new SizeLots(13),
            Fee = -0.10m,
            FeeAsset = new Asset("BNB"),
            IsMaker = true,
            Reason = RejectReason.Other,
            Time = new Timestamp(17),
            ReceivedTime = new Timestamp(19),
        };
        ExecutionReport read = RoundTrip(in report);
        foreach (PropertyInfo property in typeof(ExecutionReport).GetProperties())
        {
            object? expected = property.GetValue(report);
            expected.ShouldNotBe(Activator.CreateInstance(property.PropertyType), $"{property.Name} is not tested");
            property.GetValue(read).ShouldBe(expected, property.Name);
        }
    }

    [Fact]
    public void Read_OfAReportWithoutAFee_HasNoFeeAsset()
    {
        ExecutionReport report = new() { Kind = ExecutionKind.Accepted, Order = new ClientOrderId(1, 1), Time = default, ReceivedTime = default };
        RoundTrip(in report).FeeAsset.ShouldBe(default);
    }

    private static ExecutionReport RoundTrip(in ExecutionReport report)
    {
        ArrayBufferWriter<byte> bytes = new();
        StateWriter writer = new(bytes);
        report.Save(ref writer);
        StateReader reader = new(bytes.WrittenSpan);
        ExecutionReport read = ExecutionReport.Read(ref reader);
        reader.Remaining.ShouldBe(0);
        return read;
    }
}
