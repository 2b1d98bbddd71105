using System.Runtime.InteropServices;
using Harrier.Domain;
using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

/// <summary>Reads a text twice, by the fast scanner and by the tolerant reader alone.</summary>
internal static class FastPathTwin
{
    public static BarTable ShouldBeEqual(byte[] text)
    {
        BarTable fast = Parse(text, allowFastPath: true, out BarDataException? fastFault);
        BarTable tolerant = Parse(text, allowFastPath: false, out BarDataException? tolerantFault);

        fastFault?.Message.ShouldBe(tolerantFault?.Message);
        (fastFault is null).ShouldBe(tolerantFault is null);
        fast.PriceDecimals.ShouldBe(tolerant.PriceDecimals);
        fast.LotDecimals.ShouldBe(tolerant.LotDecimals);
        fast.Faults.Refused.ShouldBe(tolerant.Faults.Refused);
        fast.Faults.First.ShouldBe(tolerant.Faults.First);
        fast.IsAscending.ShouldBe(tolerant.IsAscending);
        fast.Numbers.SequenceEqual(tolerant.Numbers).ShouldBeTrue();
        MemoryMarshal.AsBytes(fast.Bars).SequenceEqual(MemoryMarshal.AsBytes(tolerant.Bars)).ShouldBeTrue();
        return fast;
    }

    private static BarTable Parse(byte[] text, bool allowFastPath, out BarDataException? fault)
    {
        BarTable table = new(new InstrumentId(0), default);
        fault = null;
        try
        {
            using MemoryStream content = new(text);
            new CsvBarParser(new BarFileTarget(table, "file", null)) { AllowFastPath = allowFastPath }.Parse(content, text.Length);
        }
        catch (BarDataException error)
        {
            fault = error;
        }

        return table;
    }
}
