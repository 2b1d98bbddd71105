using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Features;
using Harrier.Tests.Cli.Verbs;
using Harrier.Tests.Features.Patterns;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.BarFeatures;

public sealed class BarMembersTests : IDisposable
{
    private const string Set = "levels,orderflow,wyckoff,zones,volumeprofile";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Invoke_TextbookAccumulation_TellsSpringPhasesAndOneBuy()
    {
        ClosedBar[] bars = Textbook.Accumulation(1);
        List<JsonElement> lines = Run(Write(bars, bars.Length), "wyckoff");
        lines.Count.ShouldBe(bars.Length);
        List<string> phases = [.. lines.Select(l => l.GetProperty("accumulation_phase").GetString() ?? "-")];
        phases.Where((p, i) => i == 0 || phases[i - 1] != p).ShouldBe(["-", "A", "B", "C", "D", "E", "-"]);
        lines.Count(l => (l.GetProperty("events").GetString() ?? "").Contains("SPRING", StringComparison.Ordinal)).ShouldBe(1);
        JsonElement buy = lines.Where(l => l.GetProperty("signal").ValueKind != JsonValueKind.Null).ShouldHaveSingleItem();
        buy.GetProperty("signal").GetString().ShouldBe("BUY");
        buy.GetProperty("stop").GetDouble().ShouldBeLessThan(98);
        buy.GetProperty("stop").GetDouble().ShouldBeLessThan(buy.GetProperty("entry").GetDouble());
    }

    [Fact]
    public void Invoke_ShorterFile_TellsTheSame()
    {
        ClosedBar[] bars = Features.ClosedBars.Walk(11, 300);
        List<JsonElement> all = Run(Write(bars, 300), Set);
        List<JsonElement> some = Run(Write(bars, 180), Set);
        all.Count.ShouldBe(5 * 300);
        some.Count.ShouldBe(5 * 180);
        some.Select(l => l.GetRawText()).ShouldBe(all.Take(some.Count).Select(l => l.GetRawText()));
        all.Select(l => l.GetProperty("feature").GetString()).Distinct().ShouldBe(Set.Split(','));
        all.ShouldAllBe(l => string.CompareOrdinal(l.GetProperty("known_at").GetString(), l.GetProperty("time").GetString()) > 0);
    }

    [Fact]
    public void Invoke_Text_PrintsNamesAndValues()
    {
        VerbRun run = VerbRun.Of(FeaturesVerb.Create(Verbose()), "--data", Write(Features.ClosedBars.Walk(1, 30), 30), "--set", "levels");
        run.Errors.ShouldBeEmpty();
        run.Lines.Length.ShouldBe(30);
        run.Lines[29].ShouldContain(" levels known_at=");
    }

    private static Option<bool> Verbose() => new("--verbose");

    private static List<JsonElement> Run(string file, string set)
    {
        VerbRun run = VerbRun.Of(FeaturesVerb.Create(Verbose()), "--data", file, "--set", set, "--json");
        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        return [.. run.Lines.Select(line => JsonDocument.Parse(line).RootElement.Clone())];
    }

    private string Write(ClosedBar[] bars, int count)
    {
        StringBuilder text = new("time,open,high,low,close,volume\n");
        for (int i = 0; i < count; i++)
        {
            string time = DateTime.UnixEpoch.AddDays(19723).AddMinutes(5 * i).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            ClosedBar bar = bars[i];
            text.Append(CultureInfo.InvariantCulture, $"{time},{bar.Open:F4},{bar.High:F4},{bar.Low:F4},{bar.Close:F4},{bar.Volume:F3}\n");
        }

        return _folder.Write($"BTCUSDT_5m_{count}.csv", text.ToString());
    }
}
