using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Harrier.Cli.Verbs;
using Harrier.Features;
using Harrier.Tests.Cli.Backtests;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Verbs;

public sealed class DiagLevelsVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Invoke_SharedSeries_MeetsTheOriginal()
    {
        VerbRun run = Run("--json");
        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        JsonElement root = JsonDocument.Parse(run.Lines.ShouldHaveSingleItem()).RootElement;
        root.GetProperty("preset").GetString().ShouldBe("high_percent_breakout");
        root.GetProperty("symbol").GetString().ShouldBe("BTCUSDT");
        List<JsonElement> levels = [.. root.GetProperty("levels").EnumerateArray()];
        levels.Select(l => l.GetProperty("price").GetString()![..6]).ShouldBe(["105.35", "98.231", "100.87", "101.79", "96.324", "99.828", "104.02", "107.48"]);
        levels[0].GetProperty("type").GetString().ShouldBe("resistance");
        levels[0].GetProperty("touches").GetInt32().ShouldBe(12);
        levels[0].GetProperty("strength").GetDouble().ShouldBe(0.768551587302, 1e-6);
    }

    [Fact]
    public void Invoke_Text_PrintsATable()
    {
        VerbRun run = Run();
        run.Errors.ShouldBeEmpty();
        run.Lines.Length.ShouldBe(10);
        run.Lines[2].ShouldStartWith("resistance");
    }

    [Fact]
    public void Invoke_Out_WritesADrawingThatNeedsNothingElse()
    {
        string chart = Path.Combine(_folder.Path, "chart.html");
        VerbRun run = Run("--out", chart);
        run.Errors.ShouldBeEmpty();
        string html = File.ReadAllText(chart);
        html.ShouldNotContain("<script");
        html.ShouldNotContain("http:");
        string style = html[(html.IndexOf("<style>", StringComparison.Ordinal) + 7)..html.IndexOf("</style>", StringComparison.Ordinal)];
        html.ShouldContain("style-src 'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))) + "'");
        XElement svg = XElement.Parse(html[html.IndexOf("<svg", StringComparison.Ordinal)..(html.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
        svg.Elements("line").Count(line => line.Attribute("class")!.Value.StartsWith("level", StringComparison.Ordinal)).ShouldBe(8);
        svg.Elements("g").Count().ShouldBe(120);
    }

    [Fact]
    public void Invoke_DiagnosticsOfBars_HaveTheSeriesOfLevels()
    {
        string file = Path.Combine(_folder.Path, "levels.jsonl");
        VerbRun run = Run("--json", "--diagnostics", file);
        run.ExitCode.ShouldBe(0);
        run.ErrorLines.ShouldHaveSingleItem().ShouldStartWith($"diagnostics: {file}: 8 lines");
        JsonElement[] levels = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("levels").EnumerateArray()];
        JsonElement[] lines = [.. File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)];
        for (int i = 0; i < levels.Length; i++)
        {
            lines[i].GetProperty("component").GetString().ShouldBe("levels");
            JsonElement payload = lines[i].GetProperty("payload");
            payload.GetProperty("round_number_bonus").GetDouble().ShouldBe(levels[i].GetProperty("round_number_bonus").GetDouble());
            payload.GetProperty("cascade_bonus").GetDouble().ShouldBe(levels[i].GetProperty("cascade_bonus").GetDouble());
            (payload.GetProperty("approach_ok").GetInt32() == 1).ShouldBe(levels[i].GetProperty("approach_ok").GetBoolean());
            lines[i].GetProperty("passed").GetBoolean().ShouldBe(levels[i].GetProperty("approach_ok").GetBoolean());
        }
    }

    [Fact]
    public void Invoke_Recording_FindsTheLevelsOfItsTradesAndRecordsAllSevenSeries()
    {
        // Bars of a second whose prices are those of the shared series, one trade at each of open, high, low and close; and a wall that sellers eat.
        CapturedMarket market = new CapturedMarket().Snapshot(0, "100.0x1 99.9x1 99.8x1 99.7x60 99.6x1 99.5x1|100.2x1 100.3x1 100.4x1 100.5x1 100.6x1 100.7x1");
        Ohlcv[] bars = SampleBars.Lcg(120);
        for (int i = 0; i < bars.Length; i++)
        {
            foreach ((double price, int at) in (ReadOnlySpan<(double, int)>)[(bars[i].Open, 100), (bars[i].High, 200), (bars[i].Low, 300), (bars[i].Close, 400)])
            {
                market.Trade((1000 * i) + at, i % 2 == 0 ? "Buy" : "Sell", price.ToString("F8", CultureInfo.InvariantCulture), (bars[i].Volume / 4).ToString("F6", CultureInfo.InvariantCulture));
            }

            market.Change((1000 * i) + 500, i < 60 ? "99.7x60|" : "99.7x1|");
        }

        market.Trade((1000 * bars.Length) + 100, "Buy", "100.00000000", "1");
        string file = Path.Combine(_folder.Path, "levels.jsonl");
        VerbRun run = VerbRun.Of(
            DiagLevelsVerb.Create(new Option<bool>("--verbose")),
            "--preset", "high_percent_breakout", "--data", _folder.Write("capture.txt", market.ToString()), "--interval", "1s", "--json", "--diagnostics", file);
        run.ExitCode.ShouldBe(0, run.Errors);
        JsonElement root = JsonDocument.Parse(run.Lines.ShouldHaveSingleItem()).RootElement;
        root.GetProperty("bars").GetInt32().ShouldBe(120);

        // Bars of another length age at another pace, which is part of the strength by which they are ordered.
        root.GetProperty("levels").EnumerateArray().Select(level => level.GetProperty("price").GetString()![..6])
            .ShouldBe(["105.35", "98.231", "100.87", "101.79", "96.324", "99.828", "104.02", "107.48"], ignoreOrder: true);
        HashSet<string> series = [.. File.ReadLines(file).SelectMany(line => JsonDocument.Parse(line).RootElement.GetProperty("payload").EnumerateObject().Select(one => one.Name))];
        ((string[])["density_strength", "density_eaten_ratio", "activity_index", "activity_drop", "round_number_bonus", "cascade_bonus", "approach_ok"]).Except(series).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--preset high_percent_breakot", "error: preset: high_percent_breakot: ")]
    [InlineData("--preset high_percent_breakout --interval 5x", "error: interval: 5x: ")]
    [InlineData("--preset high_percent_breakout --symbol ETHUSDT", "error: symbol: ")]
    public void Invoke_BadInput_PrintsOneLineAndReturns2(string options, string error)
    {
        VerbRun run = VerbRun.Of(DiagLevelsVerb.Create(new Option<bool>("--verbose")), [.. options.Split(' '), "--data", Series()]);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.ErrorLines.ShouldHaveSingleItem().ShouldStartWith(error);
    }

    private VerbRun Run(params string[] more) => VerbRun.Of(
        DiagLevelsVerb.Create(new Option<bool>("--verbose")), ["--preset", "high_percent_breakout", "--symbol", "BTC/USDT", "--data", Series(), .. more]);

    private string Series()
    {
        StringBuilder text = new("time,open,high,low,close,volume\n");
        Ohlcv[] bars = SampleBars.Lcg(120);
        for (int i = 0; i < bars.Length; i++)
        {
            string time = DateTime.UnixEpoch.AddDays(19723).AddMinutes(5 * i).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{time},{bars[i].Open:F9},{bars[i].High:F9},{bars[i].Low:F9},{bars[i].Close:F9},{bars[i].Volume:F6}\n");
        }

        return _folder.Write("BTCUSDT_5m.csv", text.ToString());
    }
}
