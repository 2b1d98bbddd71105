using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

public sealed class BarFileReaderRepairTests : IDisposable
{
    private const string Header = "time,open,high,low,close,volume\n";
    private readonly BarFolder _folder = new();

    [Fact]
    public void Read_NewestFirst_IsTurnedRoundAndSaid()
    {
        BarFileData data = _folder.Read("BTCUSDT_1h.csv", Header + "1704074400,3,3,3,3,1\n1704070800,2,2,2,2,1\n1704067200,1,1,1,1,1\n");

        data.Series[0].Close.Value.ShouldBe(1);
        data.Series[2].Close.Value.ShouldBe(3);
        data.Report.Count(BarFindingKind.NewestFirst).ShouldBe(3);
        data.Report.Count(BarFindingKind.OutOfOrder).ShouldBe(0);
        data.Report.Files.Single().FirstRow.ToString().ShouldBe("2024-01-01T02:00:00Z");
    }

    [Fact]
    public void Read_OutOfOrder_IsSortedAndReportedWithItsLine()
    {
        BarFileData data = _folder.Read("BTCUSDT_1h.csv", Header + "1704067200,1,1,1,1,1\n1704074400,3,3,3,3,1\n1704070800,2,2,2,2,1\n1704078000,4,4,4,4,1\n");

        data.Series.Bars.ToArray().Select(bar => bar.Close.Value).ShouldBe([1L, 2, 3, 4]);
        BarFinding finding = data.Report.Findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(BarFindingKind.OutOfOrder);
        finding.Count.ShouldBe(1);
        finding.First.Single().Place.Row.ShouldBe(4);
    }

    [Fact]
    public void Read_Duplicates_KeepsTheFirstAndTellsEqualFromDifferent()
    {
        BarFileData data = _folder.Read(
            "BTCUSDT_1h.csv", Header + "1704067200,1,1,1,1,1\n1704070800,2,2,2,2,1\n1704070800,2.0,2,2,2,1.0\n1704070800,2,9,2,2,1\n1704074400,3,3,3,3,1\n");

        data.Series.Count.ShouldBe(3);
        data.Series[1].High.Value.ShouldBe(2);
        data.Report.Count(BarFindingKind.EqualDuplicate).ShouldBe(1);
        BarFinding different = data.Report.Findings.Single(finding => finding.Kind == BarFindingKind.ConflictingDuplicate);
        different.Count.ShouldBe(1);
        different.First.Single().Place.Row.ShouldBe(5);
        data.Report.Rows.ShouldBe(5);
    }

    [Fact]
    public void Read_DuplicatesNewestFirst_KeepsTheOneWrittenFirst()
    {
        BarFileData data = _folder.Read("BTCUSDT_1h.csv", Header + "1704074400,3,3,3,3,1\n1704070800,2,2,2,2,1\n1704070800,7,7,7,7,1\n1704067200,1,1,1,1,1\n");

        data.Series[1].Close.Value.ShouldBe(2);
    }

    [Theory]
    [InlineData("nan,2,1,1,1", "missing or not a number")]
    [InlineData("1,2,1,,1", "missing or not a number")]
    [InlineData("1,inf,1,1,1", "missing or not a number")]
    [InlineData("1,2,1,1,NaN", "missing or not a number")]
    [InlineData("1,2,0,1,1", "price 0 is not above 0")]
    [InlineData("-1,2,-1,1,1", "price -1 is not above 0")]
    [InlineData("1,1,2,1,1", "high 1 is below low 2")]
    [InlineData("3,2,1,1,1", "open 3 or close 1 is outside low 1 to high 2")]
    [InlineData("1,2,1,0.5,1", "open 1 or close 0.5 is outside low 1 to high 2")]
    [InlineData("1,2,1,1,-1", "volume -1 is below 0")]
    public void Read_RowBreaksTheRulesOfABar_IsRefusedWithItsLine(string row, string reason)
    {
        BarFileData data = _folder.Read("BTCUSDT_1h.csv", Header + $"1704067200,1,1,1,1,1\n1704070800,{row}\n1704074400,1,1,1,1,1\n1704078000,1,1,1,1,1\n");

        data.Series.Count.ShouldBe(3);
        data.Report.Rows.ShouldBe(4);
        BarFinding finding = data.Report.Findings.ShouldHaveSingleItem();
        finding.Kind.ShouldBe(BarFindingKind.RefusedRow);
        BarFindingRow first = finding.First.ShouldHaveSingleItem();
        first.Place.Row.ShouldBe(3);
        first.OpenTime!.Value.ToString().ShouldBe("2024-01-01T01:00:00Z");
        first.Detail.ShouldContain(reason);
    }

    [Theory]
    [InlineData("1704070800,1,1,abc,1,1", "BTCUSDT_1h.csv line 3, column low: 'abc'")]
    [InlineData("1704070800,1,1,1,1,1.2.3", "BTCUSDT_1h.csv line 3, column volume: '1.2.3'")]
    [InlineData("yesterday,1,1,1,1,1", "BTCUSDT_1h.csv line 3, column time: 'yesterday'")]
    [InlineData("60000,1,1,1,1,1", "BTCUSDT_1h.csv line 3, column time: '60000'")]
    [InlineData("1704070800,1,1", "BTCUSDT_1h.csv line 3, column low: '1704070800,1,1'")]
    [InlineData("2024-02-30,1,1,1,1,1", "BTCUSDT_1h.csv line 3, column time: '2024-02-30'")]
    public void Read_MalformedCell_FailsNamingFileLineColumnAndValue(string row, string place)
    {
        BarDataException fault = Should.Throw<BarDataException>(() => _folder.Read("BTCUSDT_1h.csv", Header + $"1704067200,1,1,1,1,1\n{row}\n"));

        fault.Field.ShouldBe("data");
        fault.Value.ShouldBe(place);
        fault.Allowed.ShouldNotBeEmpty();
    }

    [Fact]
    public void Read_MalformedJsonValue_FailsNamingTheElement()
    {
        BarDataException fault = Should.Throw<BarDataException>(() => _folder.Read("BTCUSDT_1h.json", "[[1704067200000,1,1,1,1,1],[1704070800000,1,1,\"x\",1,1]]"));

        fault.Value.ShouldBe("BTCUSDT_1h.json row 2, column low: 'x'");
    }

    [Theory]
    [InlineData("[[1704067200000,1,1,1,1,1],[1704070800000,1,1,", "at byte")]
    [InlineData("{\"code\":-1121}", "BTCUSDT_1h.json")]
    [InlineData("[[1704067200000,1,1,1]]", "4 values")]
    public void Read_JsonOfAnotherShape_Fails(string text, string value) =>
        Should.Throw<BarDataException>(() => _folder.Read("BTCUSDT_1h.json", text)).Value.ShouldContain(value);

    [Fact]
    public void Read_ColumnsInAnotherOrderWithoutHeader_FailsBecauseTheLayoutMustBeWrong()
    {
        string rows = string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{1546300800 + (86400 * i)},{23741 + i},3701,3797,3642,3797\n")));

        BarDataException fault = Should.Throw<BarDataException>(() => _folder.Read("BTCUSDT_1d.csv", rows));

        fault.Value.ShouldContain("in 50 of 50 rows");
        fault.Allowed.ShouldContain("6 columns without header");
    }

    [Theory]
    [InlineData("time,open,high,low,close\n1704067200,1,1,1,1\n", "volume")]
    [InlineData("open,high,low,close,volume\n1,1,1,1,1\n", "time")]
    [InlineData("1704067200,1,1,1,1\n", "6, 7 or 12 columns")]
    [InlineData("", "at least one row")]
    [InlineData(Header, "at least one row")]
    [InlineData("a\nb\nc\nd\ne\nf\n", "a header, or rows that start with a time")]
    public void Read_NoUsableColumns_Fails(string text, string allowed) =>
        Should.Throw<BarDataException>(() => _folder.Read("BTCUSDT_1h.csv", text)).Allowed.ShouldContain(allowed);

    [Fact]
    public void Read_BinaryFile_FailsInOneLine()
    {
        string path = _folder.Write("BTCUSDT_1h.csv", [0x50, 0x41, 0x52, 0x31, 0, 1, 2, 3]);

        Should.Throw<BarDataException>(() => BarFileReader.Read(path, new BarReadOptions())).Message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 1, 2, 3 })]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 9, 9, 9 })]
    public void Read_BrokenArchive_Fails(byte[] bytes)
    {
        string path = _folder.Write("BTCUSDT_1h.csv.gz", bytes);

        Should.Throw<BarDataException>(() => BarFileReader.Read(path, new BarReadOptions())).Field.ShouldBe("data");
    }

    [Fact]
    public void Read_GzipCutOffAnywhere_NeverLosesRowsSilently()
    {
        string text = Header + string.Concat(Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"{1704067200 + (3600L * i)},{100 + (i * 7919 % 97)},999,1,{100 + (i * 1047 % 89)},{i * 7723 % 1000}\n")));
        string path = _folder.WriteGzip("BTCUSDT_1h.csv.gz", text);
        byte[] whole = File.ReadAllBytes(path);
        int faults = 0;
        for (int length = 4; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            try
            {
                BarFileReader.Read(path, new BarReadOptions()).Single().Series.Count.ShouldBe(300, $"after {length} of {whole.Length} bytes");
            }
            catch (BarDataException)
            {
                faults++;
            }
        }

        faults.ShouldBe(whole.Length - 4);
    }

    [Fact]
    public void Read_SeveralGzipMembers_AreOneFileAndACutInTheLastIsSeen()
    {
        byte[] first = File.ReadAllBytes(_folder.WriteGzip("a.gz", Header + "1704067200,1,1,1,1,1\n"));
        byte[] second = File.ReadAllBytes(_folder.WriteGzip("a.gz", "1704070800,1,1,1,1,1\n1704074400,1,1,1,1,1\n"));
        string path = _folder.Write("BTCUSDT_1h.csv.gz", [.. first, .. second]);

        BarFileReader.Read(path, new BarReadOptions()).Single().Series.Count.ShouldBe(3);
        for (int missing = 1; missing < second.Length; missing++)
        {
            File.WriteAllBytes(path, [.. first, .. second[..^missing]]);
            Should.Throw<BarDataException>(() => BarFileReader.Read(path, new BarReadOptions()), $"{missing} bytes missing");
        }
    }

    public void Dispose() => _folder.Dispose();
}
