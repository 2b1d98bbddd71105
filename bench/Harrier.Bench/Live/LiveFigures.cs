using System.Globalization;
using Harrier.Bench.Figures;

namespace Harrier.Bench.Live;

/// <summary>
/// A whole run on the built-in exchange, both as processes of their own on this machine: how long an order takes from the message that led to it to its request, what the garbage
/// collector costs, and how soon a run that was killed trades again. Needs a minute or more to read all books, because the venue's limits hold.
/// </summary>
/// <param name="time">Measures.</param>
public sealed class LiveFigures(TimeProvider time) : IFigureArea
{
    private const string Orders = "harrier_engine_order_seconds";

    /// <inheritdoc/>
    public string Name => "live";

    /// <summary>Measures.</summary>
    /// <param name="options">
    /// <c>--harrier DLL</c>, without which nothing is measured; <c>--symbols N</c> 300, <c>--bots N</c> 20, <c>--seconds N</c> 60, <c>--durability process|power</c>, <c>--strategies FOLDER</c>.
    /// </param>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        if (!options.TryGetValue("harrier", out string? program))
        {
            yield break;
        }

        LiveRequest request = new(Path.GetFullPath(program), Number("symbols", 300), Number("bots", 20), options.GetValueOrDefault("durability", "process"));
        using LiveScene scene = new(request, Path.GetFullPath(options.GetValueOrDefault("strategies", "bench/live/strategies")));
        scene.Run.ReadOn();
        Console.Error.WriteLine("waiting for all books");
        scene.Await(time, static reading => reading.Sum("harrier_book_verified_ratio") >= 1 && reading.Sum(Orders + "_count") > 0);
        foreach (Figure figure in Load(scene, TimeSpan.FromSeconds(Number("seconds", 60)), request.Durability))
        {
            yield return figure;
        }

        foreach (Figure figure in Restart(scene))
        {
            yield return figure;
        }

        int Number(string name, int usual) => options.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
    }

    private IEnumerable<Figure> Load(LiveScene scene, TimeSpan length, string durability)
    {
        MetricsReading before = scene.Read()!;
        (TimeSpan run, TimeSpan exchange, double resident) = (scene.Run.Processor, scene.Exchange.Processor, scene.Run.Resident);
        long start = time.GetTimestamp();
        Task.Delay(length, time).GetAwaiter().GetResult();
        MetricsReading after = scene.Read()!;
        double took = time.GetElapsedTime(start).TotalSeconds;
        foreach (double quantile in (double[])[0.5, 0.9, 0.99])
        {
            yield return One(FormattableString.Invariant($"frame in to order out, durability {durability}, p{quantile * 100}"), "us", after.Quantile(Orders, quantile, before) * 1e6);
        }

        yield return One("orders measured", "orders", Grown(Orders + "_count"));
        yield return One("messages read", "messages/s", Grown("websocket_messages_total") / took);
        yield return One("longest pause of Gen 2 since the start", "ms", after.Sum("harrier_gc_gen2_longest_pause_seconds")!.Value * 1e3);
        yield return One("processor of the run", "cores", (scene.Run.Processor - run).TotalSeconds / took);
        yield return One("processor of the exchange", "cores", (scene.Exchange.Processor - exchange).TotalSeconds / took);
        yield return One("memory of the run, then", "MiB", resident);
        yield return One("memory of the run, now", "MiB", scene.Run.Resident);

        double Grown(string name) => after.Sum(name)!.Value - before.Sum(name)!.Value;
    }

    // From the start of the process until its first order after it was killed.
    private IEnumerable<Figure> Restart(LiveScene scene)
    {
        scene.Run.Kill();
        long start = time.GetTimestamp();
        scene.Restart();
        string how = scene.Run.ReadUntil("replayed from the journal");
        double replayed = time.GetElapsedTime(start).TotalSeconds;
        scene.Run.ReadUntil("the account was read");
        double sound = time.GetElapsedTime(start).TotalSeconds;
        scene.Run.ReadOn();
        scene.Await(time, static reading => reading.Sum(Orders + "_count") > 0);
        double inputs = double.Parse(how.Split("continued, ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        yield return One("inputs in the journal of a killed run", "inputs", inputs);
        yield return One("restart: journal replayed and compared", "s", replayed);
        yield return One("restart: the account was read, trading allowed", "s", sound);
        yield return One("restart: first order left", "s", time.GetElapsedTime(start).TotalSeconds);
    }

    private Figure One(string name, string unit, double value) => new(Name, name, unit, value, value, value);
}
