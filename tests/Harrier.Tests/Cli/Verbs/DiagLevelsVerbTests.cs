using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Harrier.Cli.Verbs;
using Harrier.Features;
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
