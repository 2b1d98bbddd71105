using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Storage.Market;
using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>A collection by the real program from the real exchange program, killed again and again.</summary>
public sealed class CollectKillTests : IDisposable
{
    private static readonly string[] _symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT"];
    private static readonly BarSpec _hour = new(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
    private readonly HarrierProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Collect_KilledAtManyMoments_EndsAtTheExchangesRowsAndThenCostsOneQuestionForEachSymbol()
    {
        using Process exchange = _program.Start("", "exchange", "--port", "0", "--seed", "5", "--symbols", string.Join(',', _symbols));
        try
        {
            string ready = (await exchange.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull("the exchange did not start");
            Uri rest = new(JsonDocument.Parse(ready).RootElement.GetProperty("binance").GetProperty("rest").GetString()!);
            using CountingProxy proxy = new(rest, "/api/v3/klines");

            // Before the first file, as soon as one is there, and while later ones are being written.
            int kills = 0;
            foreach (int files in (int[])[0, 1, 4, 9, 15, 22])
            {
                kills += await RunAndKillAsync(proxy.Origin, files) ? 1 : 0;
            }

            kills.ShouldBeGreaterThanOrEqualTo(3);
            Outcome whole = await CollectAsync(proxy.Origin);
            whole.Code.ShouldBe(0, whole.Errors);
            int asked = proxy.Count;
            await ForgetTheLastHourAsync();
            Outcome again = await CollectAsync(proxy.Origin);

            again.Code.ShouldBe(0, again.Errors);
            (proxy.Count - asked).ShouldBeLessThanOrEqualTo(_symbols.Length, "one question for each symbol");
            foreach (string symbol in _symbols)
            {
                IReadOnlyList<HistoricalBar> stored = Stored(symbol);
                stored.Count.ShouldBeGreaterThan(300 * 24);
                stored.Zip(stored.Skip(1)).ShouldAllBe(pair => pair.First.OpenTime.Nanos + _hour.IntervalNanos == pair.Second.OpenTime.Nanos);
                stored.Select(Values).ShouldBe(await TruthAsync(rest, symbol, stored[0].OpenTime, stored[^1].OpenTime));
            }
        }
        finally
        {
            exchange.Kill();
        }
    }

    private static (long Open, decimal First, decimal High, decimal Low, decimal Last, decimal Volume) Values(HistoricalBar bar) =>
        (bar.OpenTime.UnixMilliseconds, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);

    // True when it was killed, false when it had ended before.
    private async Task<bool> RunAndKillAsync(string origin, int files)
    {
        int before = FilesThere();
        using Process process = _program.Start("", Arguments(origin));
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (!process.HasExited && FilesThere() < before + files)
        {
            await Task.Yield();
        }

        bool isKilled = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(output, errors);
        return isKilled;
    }

    private int FilesThere()
    {
        string store = _program.PathOf("store");
        return Directory.Exists(store) ? Directory.GetFiles(store, "*.parquet", SearchOption.AllDirectories).Length : 0;
    }

    // As if the last run had been an hour ago: the next one has a tail to fetch.
    private async Task ForgetTheLastHourAsync()
    {
        foreach (string facts in Directory.GetFiles(_program.PathOf("store"), "_series.json", SearchOption.AllDirectories))
        {
            string text = await File.ReadAllTextAsync(facts, TestContext.Current.CancellationToken);
            string symbol = _symbols.First(facts.Contains);
            Timestamp last = Stored(symbol)[^1].OpenTime;
            string end = new Timestamp(last.Nanos + _hour.IntervalNanos).ToString();
            text.ShouldContain(end);
            await File.WriteAllTextAsync(facts, text.Replace(end, last.ToString(), StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }
    }

    private static string[] Arguments(string origin) =>
        ["collect", "--endpoint", origin, "--symbols", string.Join(',', _symbols), "--interval", "1h", "--months", "10", "--store", "store", "--no-csv", "--json"];

    private Task<Outcome> CollectAsync(string origin) => _program.RunAsync(Arguments(origin));

    private IReadOnlyList<HistoricalBar> Stored(string symbol)
    {
        using MarketStore store = MarketStore.Open(_program.PathOf("store"));
        return [.. store.Bars.Read(SeriesKey.Bars(new VenueId("sim-binance-spot"), symbol, _hour), TimeRange.Always)];
    }

    private static async Task<IReadOnlyList<(long Open, decimal First, decimal High, decimal Low, decimal Last, decimal Volume)>> TruthAsync(Uri rest, string symbol, Timestamp from, Timestamp to)
    {
        using HttpClient http = new();
        List<(long, decimal, decimal, decimal, decimal, decimal)> rows = [];
        for (long start = from.UnixMilliseconds; start <= to.UnixMilliseconds;)
        {
            string query = FormattableString.Invariant($"/api/v3/klines?symbol={symbol}&interval=1h&startTime={start}&endTime={to.UnixMilliseconds}&limit=1000");
            string text = await http.GetStringAsync(new Uri(rest, query), TestContext.Current.CancellationToken);
            foreach (JsonElement row in JsonDocument.Parse(text).RootElement.EnumerateArray())
            {
                rows.Add((row[0].GetInt64(), Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5])));
            }

            start = rows[^1].Item1 + 3_600_000;
        }

        return rows;
    }

    private static decimal Number(JsonElement cell) => decimal.Parse(cell.GetString()!, CultureInfo.InvariantCulture);
}
