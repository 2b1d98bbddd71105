using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Cli.Verbs.Data;
using Harrier.Features;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Verbs;

public sealed class ScanVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Invoke_Folder_RanksWhatItHoldsAndSaysWhatIsUnknown()
    {
        Write("BTCUSDT", 1000, 7);
        Write("ETHUSDT", 1_000_000, 8);

        VerbRun run = Run("--json", "--symbols", "BTCUSDT,ETH/USDT");

        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        root.GetProperty("looked_at").GetInt32().ShouldBe(2);
        JsonElement[] markets = [.. root.GetProperty("markets").EnumerateArray()];
        markets.Select(market => market.GetProperty("symbol").GetString()).ShouldBe(["ETHUSDT", "BTCUSDT"]);
        Dictionary<string, JsonElement> filters = markets[0].GetProperty("filters").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);
        filters["max_spread_bps"].GetProperty("passed").ValueKind.ShouldBe(JsonValueKind.Null);
        filters["max_spread_bps"].GetProperty("threshold").GetDouble().ShouldBe(15);
        filters["min_24h_volume_usd"].GetProperty("passed").GetBoolean().ShouldBeTrue();
        filters["leader_correlation_max"].GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Number);
        markets[1].GetProperty("filters").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "leader_correlation_max")
            .GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Invoke_Text_IsATableOfTheTop()
    {
        Write("BTCUSDT", 1000, 7);
        Write("ETHUSDT", 1_000_000, 8);

        VerbRun run = Run("--symbols", "BTCUSDT,ETHUSDT", "--top", "1");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Lines.Length.ShouldBe(2);
        run.Lines[0].ShouldStartWith("rank");
        run.Lines[1].ShouldContain("ETHUSDT");
        run.Lines[1].ShouldContain("min_oi_usd");
    }

    [Fact]
    public void Invoke_Store_LeavesOutWhatIsExcluded()
    {
        string store = Path.Combine(_folder.Path, "store");
        VerbRun.Of(DataVerb.Create(), "import", Write("BTCUSDT", 1000, 7), "--venue", "binance", "--symbol", "BTCUSDT", "--interval", "5m", "--store", store).ExitCode.ShouldBe(0);
        VerbRun.Of(DataVerb.Create(), "import", Write("ETHUSDT", 1000, 8), "--venue", "binance", "--symbol", "ETHUSDT", "--interval", "5m", "--store", store).ExitCode.ShouldBe(0);

        VerbRun run = Scan("--preset", "scalping_breakout", "--data", store, "--exclude", "BTC-USDT", "--json");

        run.ExitCode.ShouldBe(0, run.Errors);
        JsonDocument.Parse(run.Output).RootElement.GetProperty("markets").EnumerateArray().ShouldHaveSingleItem().GetProperty("symbol").GetString().ShouldBe("ETHUSDT");
    }

    [Theory]
    [InlineData("preset: nonsense: ", "--preset", "nonsense")]
    [InlineData("top: 0: a whole number from 1 to 500", "--preset", "scalping_breakout", "--top", "0")]
    [InlineData("interval: volume:5: a length of time such as 5m", "--preset", "scalping_breakout", "--interval", "volume:5")]
    [InlineData("symbols: A B: symbols such as ", "--preset", "scalping_breakout", "--symbols", "A B")]
    public void Invoke_BadInput_IsOneLineAndExitCodeTwo(string error, params string[] arguments)
    {
        Write("BTCUSDT", 1000, 7);

        VerbRun run = Scan([.. arguments, "--data", _folder.Path]);

        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("error: " + error);
    }

    private VerbRun Run(params string[] more) => Scan(["--preset", "high_percent_breakout", "--data", _folder.Path, .. more]);

    private static VerbRun Scan(params string[] arguments) => VerbRun.Of(ScanVerb.Create(new Option<bool>("--verbose")), arguments);

    private string Write(string symbol, double volume, uint seed)
    {
        StringBuilder text = new("time,open,high,low,close,volume\n");
        Ohlcv[] bars = SampleBars.Lcg(400, seed, 0.03);
        for (int i = 0; i < bars.Length; i++)
        {
            string time = DateTime.UnixEpoch.AddDays(19723).AddMinutes(5 * i).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{time},{bars[i].Open:F6},{bars[i].High:F6},{bars[i].Low:F6},{bars[i].Close:F6},{bars[i].Volume * volume:F3}\n");
        }

        return _folder.Write($"{symbol}_5m.csv", text.ToString());
    }
}
