using System.IO.Compression;
using System.Text;
using Harrier.Cli;
using Harrier.Cli.Indicators;
using Harrier.Cli.Verbs;
using Harrier.Features.Indicators;

namespace Harrier.Tests.Cli.Verbs;

public sealed class IndicatorsVerbTests : IDisposable
{
    private const string Bars = """
        time,open,high,low,close,volume
        2024-01-01T00:00:00Z,1,2,1,1.5,10
        2024-01-01T00:01:00Z,1.5,3,1,2.5,20
        2024-01-01T00:02:00Z,2.5,4,2,3.6,30

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("harrier-indicators-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Run_SmallFile_WritesKeyAndColumnsEmptyWhileWarmingUp()
    {
        IndicatorsVerb.Run(Input(Bars), "sma:2,obv", Target).ShouldBe(0);
        Output().ShouldBe([
            "time,sma_2,obv",
            "2024-01-01T00:00:00Z,,10",
            "2024-01-01T00:01:00Z,2,30",
            "2024-01-01T00:02:00Z,3.05,60",
        ]);
    }

    [Fact]
    public void Run_ColumnsInOtherOrderAndCaseWithoutKey_WritesOnlyIndicators()
    {
        IndicatorsVerb.Run(Input("Volume,CLOSE,low,High,Open\n1,2,1,3,2\n1,3,1,3,2\n"), "mom:1", Target).ShouldBe(0);
        Output().ShouldBe(["mom_1", string.Empty, "1"]);
    }

    [Fact]
    public void Run_GzipWithCarriageReturnsAndByteOrderMark_ReadsTheSame()
    {
        IndicatorsVerb.Run(Input(Bars), "sma:2,obv", Target).ShouldBe(0);
        string[] plain = Output();
        string path = Path.Combine(_folder.FullName, "bars.csv.gz");
        using (GZipStream gzip = new(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write([0xEF, 0xBB, 0xBF]);
            gzip.Write(Encoding.UTF8.GetBytes(Bars.ReplaceLineEndings("\r\n")));
        }

        IndicatorsVerb.Run(path, "sma:2,obv", Target).ShouldBe(0);
        Output().ShouldBe(plain);
    }

    [Fact]
    public void Run_QuotedKeyWithComma_PassesItThroughQuoted()
    {
        IndicatorsVerb.Run(Input("label,open,high,low,close,volume\n\"a,\"\"b\",1,1,1,1,1\n"), "trange,obv", Target).ShouldBe(0);
        Output()[1].ShouldBe("\"a,\"\"b\",,1");
    }

    [Fact]
    public void Run_GoldenBars_EqualsTalib()
    {
        string bars = SharedData.Require("data/golden/talib/bars.csv");
        string[] golden = File.ReadAllLines(SharedData.Require("data/golden/talib/values.csv"));
        int rsi = Array.IndexOf(golden[0].Split(','), "rsi_14");
        IndicatorsVerb.Run(bars, "rsi:14", Target).ShouldBe(0);
        string[] actual = Output();
        actual.Length.ShouldBe(golden.Length);
        for (int i = 0; i < golden.Length; i++)
        {
            string expected = golden[i].Split(',')[rsi];
            string[] cells = actual[i].Split(',');
            cells[0].ShouldBe(golden[i].Split(',')[0]);
            if (i == 0 || expected.Length == 0)
            {
                cells[1].ShouldBe(expected);
            }
            else
            {
                Number(cells[1]).ShouldBe(Number(expected), 1e-7);
            }
        }
    }

    [Fact]
    public void Run_VwapOverTwoDays_StartsOverAtMidnightUtc()
    {
        string bars = "timestamp,open,high,low,close,volume\n1704153540000,1,1,1,1,1\n1704153600000,5,5,5,5,1\n";
        IndicatorsVerb.Run(Input(bars), "vwap", Target).ShouldBe(0);
        Output()[^1].ShouldBe("1704153600000,5,5,5");
    }

    [Theory]
    [InlineData("2024-01-01T00:01:00Z,1.5,3,1,x,20", "line 3, column close: x: a number")]
    [InlineData("2024-01-01T00:01:00Z,1.5,3,1,,20", "line 3, column close: (empty): a number")]
    [InlineData("2024-01-01T00:01:00Z,1.5,3,1,NaN,20", "line 3, column close: NaN: a number")]
    [InlineData("2024-01-01T00:01:00Z,0,3,0,1,20", "line 3, column open: 0: a number above 0")]
    [InlineData("2024-01-01T00:01:00Z,1.5,1,3,1,20", "line 3, column low: 3: at most the high")]
    [InlineData("2024-01-01T00:01:00Z,1.5,3,1,9,20", "line 3, column close: 9: between low and high")]
    [InlineData("2024-01-01T00:01:00Z,1.5,3,1,2,-1", "line 3, column volume: -1: a number, 0 or more")]
    [InlineData("2024-01-01T00:01:00Z,1.5,3,1,2", "line 3, column volume: 2024-01-01T00:01:00Z,1.5,3,1,2: 6 cells")]
    [InlineData("", "line 3: (empty): a bar")]
    public void Read_MalformedRow_NamesFileLineColumnAndValue(string row, string expected)
    {
        string[] lines = Bars.ReplaceLineEndings("\n").Split('\n');
        lines[2] = row;
        string path = Input(string.Join('\n', lines));
        InputException error = Should.Throw<InputException>(() => BarFile.Read(path, withTimes: true));
        error.Message.ShouldStartWith($"{path}, {expected}");
    }

    [Fact]
    public void Run_MalformedRow_LeavesAnOlderResultAlone()
    {
        File.WriteAllText(Target, "old");
        IndicatorsVerb.Run(Input(Bars + "what,is,this\n"), "sma:2", Target).ShouldBe(2);
        File.ReadAllText(Target).ShouldBe("old");
        _folder.GetFiles().Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("open,high,low,close\n")]
    [InlineData("time,open,high,low,close,close,volume\n")]
    [InlineData("")]
    public void Run_UnusableHeader_Returns2(string content) => IndicatorsVerb.Run(Input(content), "sma:2", Target).ShouldBe(2);

    [Fact]
    public void Run_GzipThatWasCutOff_Returns2AndWritesNothing()
    {
        string path = Path.Combine(_folder.FullName, "bars.csv.gz");
        using (GZipStream gzip = new(File.Create(path), CompressionLevel.Optimal))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Bars));
        }

        byte[] whole = File.ReadAllBytes(path);
        IndicatorsVerb.Run(path, "sma:2", Target).ShouldBe(0);
        File.Delete(Target);
        for (int missing = 1; missing < whole.Length - 2; missing++)
        {
            File.WriteAllBytes(path, whole.AsSpan(0, whole.Length - missing));
            IndicatorsVerb.Run(path, "sma:2", Target).ShouldBe(2);
        }

        File.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public void Run_UnusableFileTargetOrSet_Returns2()
    {
        string bars = Input(Bars);
        IndicatorsVerb.Run(Path.Combine(_folder.FullName, "absent.csv"), "sma:2", Target).ShouldBe(2);
        IndicatorsVerb.Run(bars, "sma:2", Path.Combine(_folder.FullName, "absent", "out.csv")).ShouldBe(2);
        IndicatorsVerb.Run(bars, "smaa:2", Target).ShouldBe(2);
        IndicatorsVerb.Run(Input("idx,open,high,low,close,volume\n"), "pivots", Target).ShouldBe(2);
        File.Exists(Target).ShouldBeFalse();
    }

    [Fact]
    public void Run_EveryCatalogEntry_WritesItsColumns()
    {
        string set = string.Join(',', IndicatorCatalog.All.Select(definition => definition.Usage));
        IndicatorsVerb.Run(Input(Bars), set, Target).ShouldBe(0);
        int columns = 1 + IndicatorCatalog.All.Sum(definition => definition.ColumnPatterns.Count);
        Output().ShouldAllBe(line => line.Count(c => c == ',') == columns - 1);
    }

    private string Target => Path.Combine(_folder.FullName, "out.csv");

    private static double Number(string cell) => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);

    private string Input(string content)
    {
        string path = Path.Combine(_folder.FullName, "bars.csv");
        File.WriteAllText(path, content);
        return path;
    }

    private string[] Output() => File.ReadAllLines(Target);
}
