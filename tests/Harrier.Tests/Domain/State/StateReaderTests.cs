using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;

namespace Harrier.Tests.Domain.State;

/// <summary>What is written is read back, bit by bit; damage is refused.</summary>
public sealed class StateReaderTests
{
    [Fact]
    public void Values_RoundTrip() => Prop.ForAll(
        ArbMap.Default.ArbFor<(long, int, double, decimal, string)>().Filter(v => v.Item5 is not null),
        value =>
        {
            ArrayBufferWriter<byte> bytes = new();
            StateWriter writer = new(bytes);
            writer.Write(value.Item1);
            writer.Write(value.Item2);
            writer.Write(value.Item3);
            writer.Write(value.Item4);
            writer.Write("ä" + value.Item2);
            writer.Write(value.Item1 > 0);
            StateReader reader = new(bytes.WrittenSpan);
            return reader.ReadInt64() == value.Item1 && reader.ReadInt32() == value.Item2
                && BitConverter.DoubleToInt64Bits(reader.ReadDouble()) == BitConverter.DoubleToInt64Bits(value.Item3)
                && decimal.GetBits(reader.ReadDecimal()).SequenceEqual(decimal.GetBits(value.Item4))
                && reader.ReadString() == "ä" + value.Item2 && reader.ReadBoolean() == value.Item1 > 0 && reader.Remaining == 0;
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void Decimal_KeepsItsScale()
    {
        ArrayBufferWriter<byte> bytes = new();
        new StateWriter(bytes).Write(1.10m);
        new StateReader(bytes.WrittenSpan).ReadDecimal().ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe("1.10");
    }

    [Fact]
    public void CutState_IsRefused() => Should.Throw<InvalidDataException>(() => new StateReader([1, 2, 3]).ReadInt64()).Message.ShouldContain("cut short");

    [Fact]
    public void FlagOtherThanZeroOrOne_IsRefused() => Should.Throw<InvalidDataException>(() => new StateReader([7]).ReadBoolean());

    [Fact]
    public void CountBeyondTheData_IsRefused() => Should.Throw<InvalidDataException>(() => new StateReader([255, 255, 255, 127]).ReadCount());
}
