using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Bench.History;

/// <summary>The anchors' 3,000,000 trades to four kinds of bars at once; beside the C loop when <c>--agg PATH</c> names its program.</summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class TradeBarFigures(TimeProvider time) : IFigureArea
{
    private const int Trades = 3_000_000;
    private static readonly string[] Kinds = ["1s", "1m", "1h", "volume:50"];
    private static readonly int[] Expected = [88_507, 1_475, 25, 14_926];

    private readonly int[] _closed = new int[Kinds.Length];

    /// <inheritdoc/>
    public string Name => "trade-bars";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        TradePrint[] trades = AnchorTrades.Make(Trades);
        BarBuilder[] builders = [];
        Figure four = new Repetitions(time).NanosecondsPer(new Figure(Name, "trades to 1s, 1m, 1h and volume bars", "ns/trade", 0, 0, 0), Trades, () => builders = Prepare(), () => Play(builders, trades));
        if (!_closed.SequenceEqual(Expected))
        {
            throw new InvalidOperationException($"{string.Join('/', _closed)} bars closed are not the anchors' {string.Join('/', Expected)}");
        }

        IReadOnlyDictionary<string, (double Median, double Least)> anchor = AnchorProgram.Run(options.GetValueOrDefault("agg"), []);
        yield return anchor.TryGetValue("c", out (double Median, double Least) cost) ? four.Against(cost.Median, cost.Least) : four;
        builders = Prepare();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(builders, trades);
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Trades;
        yield return new Figure(Name, "the same, allocated", "B/trade", bytes, bytes, bytes);
    }

    private static BarBuilder[] Prepare() =>
        [.. Kinds.Select(kind => BarBuilder.Create(AnchorTrades.Instrument, BarSpec.TryParse(kind, out BarSpec spec) ? spec : throw new InvalidOperationException(kind)))];

    private void Play(BarBuilder[] builders, TradePrint[] trades)
    {
        Array.Clear(_closed);
        foreach (ref readonly TradePrint trade in trades.AsSpan())
        {
            for (int i = 0; i < builders.Length; i++)
            {
                _closed[i] += builders[i].Update(in trade).Length;
            }
        }
    }
}
