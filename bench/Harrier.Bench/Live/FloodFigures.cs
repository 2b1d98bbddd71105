using System.Globalization;
using Harrier.Api.Security;
using Harrier.Bench.Figures;

namespace Harrier.Bench.Live;

/// <summary>
/// What a flood of requests with a token costs the engine: a whole run as in <see cref="LiveFigures"/>, measured in turns without and with it. The service is as it comes, with its limit for one address, where nothing else
/// is said: what is beyond is refused, as an attacker's would be.
/// </summary>
/// <param name="time">Measures.</param>
public sealed class FloodFigures(TimeProvider time) : IFigureArea
{
    private const string Orders = "harrier_engine_order_seconds";
    private const string Asked = "/api/v1/market/prices?symbols=BTCUSDT";
    private const double Tail = 0.99;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => "flood";

    /// <summary>Measures.</summary>
    /// <param name="options">Those of <see cref="LiveFigures"/> (without <c>--harrier</c> nothing is measured); <c>--rate N</c> 10000 requests a second, <c>--limit N</c> 200 of them answered, <c>--rounds N</c> 3 turns of <c>--seconds N</c> 30 without and 30 with the flood.</param>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        if (!options.TryGetValue("harrier", out string? program))
        {
            return [];
        }

        LiveRequest request = new(Path.GetFullPath(program), Number("symbols", 300), Number("bots", 20), options.GetValueOrDefault("durability", "process")) { More = ["--requests-per-second", options.GetValueOrDefault("limit", "200")] };
        using LiveScene scene = new(request, Path.GetFullPath(options.GetValueOrDefault("strategies", "bench/live/strategies")));
        scene.Run.ReadOn();
        Console.Error.WriteLine("waiting for all books");
        scene.Await(time, static reading => reading.Sum("harrier_book_verified_ratio") >= 1 && reading.Sum(Orders + "_count") > 0);
        return Measure(scene, (Number("rounds", 3), TimeSpan.FromSeconds(Number("seconds", 30)), Number("rate", 10_000)));

        int Number(string name, int usual) => options.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
    }

    private List<Figure> Measure(LiveScene scene, (int Rounds, TimeSpan Length, int Rate) plan)
    {
        string token = new TokenStore(Path.Combine(scene.Home, TokenStore.FileName)).Create(Role.Viewer, time.GetUtcNow(), expires: null);
        using FloodClient flood = new(time, new Uri(scene.Address, Asked), token);

        // A run that is young compiles while it is measured: the first turn does not count.
        Take(scene, plan.Length, flood, rate: 0);
        List<Turn> calm = [];
        List<Turn> flooded = [];
        for (int round = 0; round < plan.Rounds; round++)
        {
            calm.Add(Take(scene, plan.Length, flood, rate: 0));
            flooded.Add(Take(scene, plan.Length, flood, plan.Rate));
            Task.Delay(Settling, time).GetAwaiter().GetResult();
        }

        string with = FormattableString.Invariant($"with {plan.Rate} requests/s");
        return
        [
            Of("frame in to order out, p50, without", "us", calm, static turn => turn.Median),
            Of("frame in to order out, p50, " + with, "us", flooded, static turn => turn.Median),
            Of("frame in to order out, p99, without", "us", calm, static turn => turn.Tail),
            Of("frame in to order out, p99, " + with, "us", flooded, static turn => turn.Tail),
            Of("orders a turn, without", "orders", calm, static turn => turn.Orders),
            Of("orders a turn, " + with, "orders", flooded, static turn => turn.Orders),
            Of("answered with 200", "requests/s", flooded, static turn => turn.Good),
            Of("refused with 429", "requests/s", flooded, static turn => turn.Limited),
            Of("not asked, too much unanswered", "requests/s", flooded, static turn => turn.LeftOut),
            Of("processor of the run, without", "cores", calm, static turn => turn.Processor),
            Of("processor of the run, " + with, "cores", flooded, static turn => turn.Processor),
        ];
    }

    private Turn Take(LiveScene scene, TimeSpan length, FloodClient flood, int rate)
    {
        MetricsReading before = scene.Read()!;
        (TimeSpan processor, (long Good, long Limited, long LeftOut) counts, long start) = (scene.Run.Processor, flood.Counts, time.GetTimestamp());
        if (rate > 0)
        {
            flood.Run(rate, length);
        }
        else
        {
            Task.Delay(length, time).GetAwaiter().GetResult();
        }

        double took = time.GetElapsedTime(start).TotalSeconds;
        (long Good, long Limited, long LeftOut) after = flood.Counts;
        double used = (scene.Run.Processor - processor).TotalSeconds / took;

        // The flood has used up what its address may ask: the figures are to be had a moment later.
        MetricsReading? now = null;
        scene.Await(time, reading => (now = reading) is not null);
        return new Turn(
            now!.Quantile(Orders, 0.5, before) * 1e6, now.Quantile(Orders, Tail, before) * 1e6, now.Sum(Orders + "_count")!.Value - before.Sum(Orders + "_count")!.Value,
            ((after.Good - counts.Good) / took, (after.Limited - counts.Limited) / took, (after.LeftOut - counts.LeftOut) / took), used);
    }

    private Figure Of(string name, string unit, List<Turn> turns, Func<Turn, double> value)
    {
        double[] sorted = [.. turns.Select(value).Order()];
        return new Figure(Name, name, unit, sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    private sealed record Turn(double Median, double Tail, double Orders, (double Good, double Limited, double LeftOut) Requests, double Processor)
    {
        public double Good => Requests.Good;

        public double Limited => Requests.Limited;

        public double LeftOut => Requests.LeftOut;
    }
}
