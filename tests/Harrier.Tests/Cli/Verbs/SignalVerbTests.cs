using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Features;
using Harrier.Tests.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Verbs;

public sealed class SignalVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Expected values: systems specification, section 1.2, obtained by running the original.</summary>
    [Fact]
    public void Invoke_Json_PrintsOneObjectPerBar()
    {
        VerbRun run = VerbRun.Of(SignalVerb.Create(), "--strategy", "MEAN_REVERSION", "--data", SharedSeries(), "--json");
        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        run.Lines.Length.ShouldBe(60);
        run.Lines[0].ShouldBe("""{"time":"2024-01-01T00:00:00Z","signal":"HOLD","confidence":0,"meta":{}}""");
        run.Lines[23].ShouldContain("\"meta\":{}");
        JsonElement last = JsonDocument.Parse(run.Lines[59]).RootElement;
        last.EnumerateObject().Select(property => property.Name).ShouldBe(["time", "signal", "confidence", "meta"]);
        last.GetProperty("time").GetString().ShouldBe("2024-01-01T04:55:00Z");
        last.GetProperty("signal").GetString().ShouldBe("HOLD");
        Math.Round(last.GetProperty("confidence").GetDouble(), 3).ShouldBe(0.179);
        Math.Round(last.GetProperty("meta").GetProperty("z_score").GetDouble(), 3).ShouldBe(1.192);
    }

    [Fact]
    public void Invoke_Parameters_AreUsed()
    {
        VerbRun run = VerbRun.Of(
            SignalVerb.Create(), "--strategy", "MEAN_REVERSION", "--param", "window=10", "--param", "std_dev_factor=1.5", "--param", "z_entry=1", "--data", SharedSeries(), "--json");
        JsonElement last = JsonDocument.Parse(run.Lines[59]).RootElement;
        Math.Round(last.GetProperty("meta").GetProperty("z_score").GetDouble(), 3).ShouldBe(1.272);
    }

    [Fact]
    public void Invoke_Text_PrintsOneLinePerBar()
    {
        VerbRun run = VerbRun.Of(SignalVerb.Create(), "--strategy", "BUY_AND_HOLD", "--data", SharedSeries());
        run.Lines.Length.ShouldBe(60);
        run.Lines[0].ShouldBe("2024-01-01T00:00:00Z BUY  1.000 {}");
    }

    [Fact]
    public void Invoke_FromAndTo_AreInclusiveDays()
    {
        string[] days = ["2024-01-01", "2024-01-02", "2024-01-03"];
        string file = _folder.Write("days.csv", "time,open,high,low,close,volume\n" + string.Concat(days.Select(day => $"{day}T00:00:00Z,1,1,1,1,1\n{day}T12:00:00Z,1,1,1,1,1\n")));
        VerbRun run = VerbRun.Of(SignalVerb.Create(), "--strategy", "BUY_AND_HOLD", "--data", file, "--symbol", "BTCUSDT", "--from", "2024-01-02", "--to", "2024-01-02");
        run.Errors.ShouldBeEmpty();
        run.Lines.Select(line => line[..20]).ShouldBe(["2024-01-02T00:00:00Z", "2024-01-02T12:00:00Z"]);
    }

    [Theory]
    [InlineData("--strategy NOPE", "error: strategy: NOPE: one of BREAKOUT")]
    [InlineData("--strategy VWAP --param threshold=2", "error: threshold: 2: a number from 0.0001 to 1")]
    [InlineData("--strategy VWAP --interval 5x", "error: interval: 5x: a bar length such as 1m")]
    [InlineData("--strategy VWAP --from yesterday", "error: from: yesterday: a day as 2024-01-31")]
    [InlineData("--strategy VWAP --symbol ETHUSDT", "error: symbol: ")]
    public void Invoke_BadInput_PrintsOneLineAndReturns2(string options, string error)
    {
        VerbRun run = VerbRun.Of(SignalVerb.Create(), [.. options.Split(' '), "--data", SharedSeries()]);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.ErrorLines.ShouldHaveSingleItem().ShouldStartWith(error);
    }

    [Fact]
    public void Invoke_MissingData_PrintsOneLineAndReturns2()
    {
        VerbRun run = VerbRun.Of(SignalVerb.Create(), "--strategy", "VWAP", "--data", Path.Combine(_folder.Path, "none.csv"));
        run.ExitCode.ShouldBe(2);
        run.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("error: data: ");
    }

    // Rounded to twelve decimals, as far as the expected values reach.
    private string SharedSeries() => _folder.Write("BTCUSDT_5m.csv", "time,open,high,low,close,volume\n" + string.Concat(SampleBars.Lcg(60).Select(Row)));

    private static string Row(Ohlcv bar)
    {
        string time = bar.OpenTime.ToDateTimeOffset().AddYears(54).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return FormattableString.Invariant($"{time},{bar.Open:F12},{bar.High:F12},{bar.Low:F12},{bar.Close:F12},{bar.Volume:F8}\n");
    }
}
