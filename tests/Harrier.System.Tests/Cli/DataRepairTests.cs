using System.Diagnostics;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Storage.Market;
using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>A store that lost two months is put right by the real program, from the real exchange program, with no more questions than that takes.</summary>
public sealed class DataRepairTests : IDisposable
{
    private static readonly SeriesKey _key = SeriesKey.Bars(new VenueId("sim-binance-spot"), "BTCUSDT", new BarSpec(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue));
    private readonly HarrierProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Repair_DamagedAndLostMonth_FetchesTheseAndNothingElse()
    {
        using Process exchange = _program.Start("", "exchange", "--port", "0", "--seed", "6", "--symbols", "BTCUSDT");
        try
        {
            string ready = (await exchange.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull("the exchange did not start");
            Uri rest = new(JsonDocument.Parse(ready).RootElement.GetProperty("binance").GetProperty("rest").GetString()!);
            using CountingProxy proxy = new(rest, "/api/v3/klines");
            Outcome collected = await _program.RunAsync("collect", "--endpoint", proxy.Origin, "--symbols", "BTCUSDT", "--interval", "1h", "--months", "6", "--store", "store", "--json");
            collected.Code.ShouldBe(0, collected.Errors);
            IReadOnlyList<HistoricalBar> before = Stored();
            string[] files = [.. Directory.GetFiles(_program.PathOf("store"), "bars.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            await File.WriteAllTextAsync(files[1], "no parquet", TestContext.Current.CancellationToken);
            File.Delete(files[4]);

            // Bytes that somebody or something changed inside a file: it may still be read, with other numbers.
            byte[] content = await File.ReadAllBytesAsync(files[2], TestContext.Current.CancellationToken);
            content.AsSpan(200, 300).Clear();
            await File.WriteAllBytesAsync(files[2], content, TestContext.Current.CancellationToken);
            int asked = proxy.Count;

            (await _program.RunAsync("data", "check", "--store", "store")).Code.ShouldBe(1);
            Outcome repaired = await _program.RunAsync("data", "repair", "--endpoint", proxy.Origin, "--store", "store", "--json");

            repaired.Code.ShouldBe(0, repaired.Errors + repaired.Output);
            (proxy.Count - asked).ShouldBe(3, "one question for each month, which fits a page");
            Stored().ShouldBe(before);
            JsonElement series = JsonDocument.Parse(repaired.Output).RootElement.GetProperty("series")[0];
            (await File.ReadAllTextAsync(series.GetProperty("moved")[0].GetString()!, TestContext.Current.CancellationToken)).ShouldBe("no parquet");
            Outcome check = await _program.RunAsync("data", "check", "--store", "store");
            check.Code.ShouldBe(0, check.Output);
        }
        finally
        {
            exchange.Kill();
        }
    }

    private IReadOnlyList<HistoricalBar> Stored()
    {
        using MarketStore store = MarketStore.Open(_program.PathOf("store"));
        return [.. store.Bars.Read(_key, TimeRange.Always)];
    }
}
