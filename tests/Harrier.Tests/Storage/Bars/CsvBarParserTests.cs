using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

/// <summary>The fast scanner must read what the tolerant reader reads, or give the row back.</summary>
public sealed class CsvBarParserTests
{
    private static readonly string[] Numbers =
    [
        "1", "0", "42283.58", "42283.58000000", "0.00000123", "123456789012345", "1234567890123456", "0.28800000000000003", "1.7999999999999998",
        "999999999999999999", "12345678901234567890", "", "nan", "1e5", "1E-3", "+7", "-7", " 8 ", "\"9\"", ".5", "5.", ".", "1.2.3", "x", "1928297660.00000000",
    ];

    private static readonly string[] Times = ["1704067200", "1704067200000", "1704067200000000", "1704067200000000000", "2024-01-01", "2024-01-01 00:00:00", "2024-01-01T00:00:00.5+02:00", "20240101", "1704067200.5", "0", "17040672000000000000"];

    [Fact]
    public void Parse_RandomCells_IsEqualByBothWays()
    {
        Gen<string> row =
            from time in Gen.Frequency((3, Gen.Choose(1_000_000_000, 2_000_000_000).Select(seconds => $"{seconds}000")), (1, Gen.Elements(Times)))
            from cells in Gen.Frequency((6, Gen.Choose(1, 99_999_999).Select(digits => $"{digits / 100}.{digits % 100:00}")), (1, Gen.Elements(Numbers))).ArrayOf(11)
            from ending in Gen.Elements("\n", "\r\n", "\n\n", ",extra\n")
            select time + "," + string.Join(',', cells) + ending;

        Prop.ForAll(row.ArrayOf(8).Select(string.Concat).ToArbitrary(), text =>
        {
            FastPathTwin.ShouldBeEqual(Encoding.UTF8.GetBytes("open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n" + text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20_240_101, 7));
    }

    [Fact]
    public void Parse_EveryOddNumberInEveryColumn_IsEqualByBothWays()
    {
        foreach (string number in Numbers)
        {
            for (int column = 1; column < 10; column++)
            {
                string[] cells = ["1704067200000", "5", "6", "4", "5", "1.5", "1704067259999", "7.5", "3", "0.5", "2.5", "0"];
                cells[column] = number;
                FastPathTwin.ShouldBeEqual(Encoding.UTF8.GetBytes("1704067100000,5,6,4,5,1,1,1,1,1,1,0\n" + string.Join(',', cells) + "\n"));
            }
        }
    }

    [Fact]
    public void Parse_ManyBlocks_LosesNoRowAtTheirBorders()
    {
        StringBuilder text = new();
        for (int i = 0; i < 60_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{1_704_067_200L + (60L * i)},{100 + (i % 50)},{200 + (i % 9)},{10 + (i % 7)}.5,{100 + (i % 40)},{i}.25\n");
        }

        BarTable table = FastPathTwin.ShouldBeEqual(Encoding.UTF8.GetBytes(text.ToString()));

        text.Length.ShouldBeGreaterThan(2 << 20);
        table.Count.ShouldBe(60_000);
        table.Bars[59_999].Volume.ShouldBe(59_999.25);
        table.Bars[59_999].Low.Value.ShouldBe(105 + (10 * (59_999 % 7)));
    }

    [Fact]
    public void Parse_LastLineWithoutLineFeed_IsRead() =>
        FastPathTwin.ShouldBeEqual("1704067200,1,1,1,1,1\n1704067260,2,2,2,2,2"u8.ToArray()).Count.ShouldBe(2);

    [Fact]
    public void Parse_LineWithoutEnd_FailsInsteadOfTakingAllMemory()
    {
        byte[] text = new byte[40 << 20];
        text.AsSpan().Fill((byte)'1');
        using MemoryStream content = new(text);

        Should.Throw<BarDataException>(() => new CsvBarParser(new BarFileTarget(new BarTable(default, default), "file", null)).Parse(content, text.Length)).Allowed.ShouldContain("lines of text");
    }
}
