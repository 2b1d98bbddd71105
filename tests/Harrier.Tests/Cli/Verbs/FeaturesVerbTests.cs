using System.CommandLine;
using System.Text;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Verbs;

/// <summary>The verbs <c>features</c> and <c>diag-l2</c> on a small recording in a venue's own words: a wall that takers eat.</summary>
public sealed class FeaturesVerbTests : IDisposable
{
    private const long Start = 1_700_000_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Features_OfAWallThatIsEaten_TellsItsLife()
    {
        VerbRun run = VerbRun.Of(FeaturesVerb.Create(new Option<bool>("--verbose")), "--data", Recording(), "--set", "density,activity,tradeflow,book", "--json");
        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        JsonElement[] lines = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement[] walls = [.. lines.Where(line => line.GetProperty("feature").GetString() == "density")];
        walls.Select(line => line.GetProperty("event").GetString()).ShouldBe(["detected", "eaten", "removed"]);
        walls[^1].GetProperty("reason").GetString().ShouldBe("consumed");
        (walls[0].GetProperty("side").GetString(), walls[0].GetProperty("size").GetDouble(), walls[0].GetProperty("strength").GetDouble()).ShouldBe(("bid", 60, 60));
        foreach (string feature in (string[])["activity", "tradeflow", "book"])
        {
            lines.Count(line => line.GetProperty("feature").GetString() == feature).ShouldBe(6, feature);
        }

        JsonElement last = lines.Last(line => line.GetProperty("feature").GetString() == "tradeflow");
        last.GetProperty("vol_delta_60s").GetDouble().ShouldBe(-60, 1e-9);
        lines.Last(line => line.GetProperty("feature").GetString() == "book").GetProperty("spread_bps").GetDouble().ShouldBe(10 / 50005.0 * 1e4, 1e-9);
    }

    [Fact]
    public void Features_AsText_PrintsALinePerSpan()
    {
        VerbRun run = VerbRun.Of(FeaturesVerb.Create(new Option<bool>("--verbose")), "--data", Recording(), "--set", "tradeflow", "--every", "3s");
        run.Lines.Length.ShouldBe(2);
        run.Lines[0].ShouldStartWith("2023-11-14T22:13:21Z tradeflow tpm_10s=");
    }

    [Theory]
    [InlineData("error: set: densty: one or more of activity, book, density, levels, orderflow, tradeflow, volumeprofile, wyckoff, zones", "--set", "densty")]
    [InlineData("error: symbol: ETHUSDT: one of the recording: BTCUSDT", "--set", "book", "--symbol", "ETH/USDT")]
    [InlineData("error: venue: mtgox: one of ", "--set", "book", "--venue", "mtgox")]
    [InlineData("error: tick: 0: a number from ", "--set", "book", "--tick", "0")]
    [InlineData("error: every: soon: a length of time", "--set", "book", "--every", "soon")]
    public void Features_BadInput_SaysWhatIsAllowed(string expected, params string[] arguments)
    {
        VerbRun run = VerbRun.Of(FeaturesVerb.Create(new Option<bool>("--verbose")), ["--data", Recording(), .. arguments]);
        run.ExitCode.ShouldBe(2);
        run.ErrorLines.ShouldHaveSingleItem().ShouldStartWith(expected);
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public void DiagL2_OfARecording_RecordsTheSeriesAndTheReasons()
    {
        VerbRun run = VerbRun.Of(
            DiagL2Verb.Create(new Option<bool>("--verbose")), "--preset", "high_percent_breakout", "--symbol", "BTC/USDT", "--data", Recording(), "--json");
        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        JsonElement[] lines = [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        lines[0].EnumerateObject().Select(property => property.Name).ShouldBe(["ts", "component", "stage", "symbol", "payload", "reason", "passed"]);
        JsonElement eaten = lines.Single(line => line.TryGetProperty("stage", out JsonElement stage) && stage.GetString() == "eaten");
        eaten.GetProperty("payload").GetProperty("density_strength").GetDouble().ShouldBeGreaterThan(0);
        eaten.GetProperty("payload").GetProperty("density_eaten_ratio").GetDouble().ShouldBe(0.8, 0.05);
        eaten.GetProperty("reason").GetString().ShouldBe("density:eaten");
        JsonElement sample = lines.Last(line => line.TryGetProperty("component", out JsonElement component) && component.GetString() == "activity");
        sample.GetProperty("payload").TryGetProperty("activity_index", out _).ShouldBeTrue();
        sample.GetProperty("payload").TryGetProperty("activity_drop", out _).ShouldBeTrue();
        lines[^1].GetProperty("summary").GetBoolean().ShouldBeTrue();
        lines[^1].GetProperty("events").GetInt64().ShouldBe(lines.Length - 1);
        lines[^1].GetProperty("top_reasons").EnumerateArray().Select(one => one.GetProperty("reason").GetString()).ShouldContain("density:removed:consumed");
    }

    [Fact]
    public void DiagL2_BadInput_TellsAllFaultsAtOnce()
    {
        VerbRun run = VerbRun.Of(DiagL2Verb.Create(new Option<bool>("--verbose")), "--preset", "high_procent_breakout", "--symbol", "BTCUSDT", "--data", "nowhere.gz", "--minutes", "0");
        run.ExitCode.ShouldBe(2);
        run.ErrorLines.Length.ShouldBe(3);
        run.Errors.ShouldContain("preset: high_procent_breakout: no such preset, high_percent_breakout is the nearest known");
    }

    // 20 levels of 1 on each side, 50 apart so that each has a bucket of its own; a wall of 60 at 49900 that sellers eat in five steps.
    private string Recording()
    {
        StringBuilder text = new();
        string bids = string.Join(',', Enumerable.Range(0, 6).Select(i => Level(50000 - (30 * i), i == 3 ? 60 : 1)));
        string asks = string.Join(',', Enumerable.Range(0, 6).Select(i => Level(50010 + (30 * i), 1)));
        text.Append(Book(0, "snapshot", 1, bids, asks));
        decimal left = 60;
        for (int second = 1; second <= 5; second++)
        {
            left -= 12;
            text.Append(Trade(second, 12));
            text.Append(Book(second, "delta", second + 1, Level(49910, left), ""));
        }

        text.Append(Book(6, "delta", 7, Level(50000, 2), ""));
        return _folder.Write("capture.txt", text.ToString());
    }

    private static string Level(decimal price, decimal size) => FormattableString.Invariant($"[\"{price:0.0}\",\"{size:0.000}\"]");

    private static string Book(int second, string type, int id, string bids, string asks) => FormattableString.Invariant(
        $"{(Start + (second * 1000) + 500) * 1_000_000} {{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"{type}\",\"ts\":{Start + (second * 1000) + 490},\"data\":{{\"s\":\"BTCUSDT\",\"b\":[{bids}],\"a\":[{asks}],\"u\":{id},\"seq\":{id}}},\"cts\":{Start + (second * 1000) + 480}}}\n");

    private static string Trade(int second, decimal size) => FormattableString.Invariant(
        $"{(Start + (second * 1000) + 400) * 1_000_000} {{\"topic\":\"publicTrade.BTCUSDT\",\"type\":\"snapshot\",\"ts\":{Start + (second * 1000) + 390},\"data\":[{{\"T\":{Start + (second * 1000) + 380},\"s\":\"BTCUSDT\",\"S\":\"Sell\",\"v\":\"{size:0.000}\",\"p\":\"49910.0\",\"L\":\"MinusTick\",\"i\":\"20f43950-d8dd-5b31-9112-a178eb6023a{second}\",\"BT\":false,\"RPI\":false,\"seq\":{second}}}]}}\n");
}
