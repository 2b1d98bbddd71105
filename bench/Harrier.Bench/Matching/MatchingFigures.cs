using System.Globalization;
using Harrier.Bench.Figures;
using Harrier.Simulation.Matching;

namespace Harrier.Bench.Matching;

/// <summary>
/// The matching engine on the anchors' order streams, beside CppTrader when <c>--cpptrader PATH</c> names its harness; and the built-in
/// exchange's core on the same kind of stream with a listener.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class MatchingFigures(TimeProvider time) : IFigureArea
{
    private const int Events = 3_000_000;

    // In portions: a method that is called a few times only, however long each call takes, never gets the runtime's best code.
    private const int Portion = 10_000;

    /// <inheritdoc/>
    public string Name => "matching";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        // Three repetitions a run: the first pays for memory that later ones find, there as here.
        IReadOnlyDictionary<string, (double Median, double Least)> anchors = AnchorProgram.Run(
            options.GetValueOrDefault("cpptrader"), [Events.ToString(CultureInfo.InvariantCulture), "100000", "3"]);
        Figure Beside(Figure figure, string anchor) => anchors.TryGetValue(anchor, out (double Median, double Least) cost) ? figure.Against(cost.Median, cost.Least) : figure;
        yield return Beside(Book("book, 100k live", OrderStream.Make(Events, 5, 100_000, 0), (false, 100_017)), "cpptrader_book_100k_live");
        yield return Beside(Book("book, 5k live", OrderStream.Make(Events, 5, 5000, 0), (false, 5002)), "cpptrader_book_5k_live");
        yield return Beside(Book("matching, 10% crossing", OrderStream.Make(Events, 6, 5000, 0.1), (true, null)), "cpptrader_matching_10pct_aggressive");
        foreach (Figure figure in new CoreRun(time).Measure(Name))
        {
            yield return figure;
        }
    }

    private Figure Book(string name, OrderStreamEvent[] events, (bool Matches, int? OrdersLeft) check)
    {
        int left = 0;
        Figure figure = new Repetitions(time).NanosecondsPer(Name, name, "ns/event", events.Length, () => left = Run(events, check.Matches));
        return check.OrdersLeft is null || left == check.OrdersLeft
            ? figure
            : throw new InvalidOperationException($"{name}: {left} orders left in place of {check.OrdersLeft}");
    }

    private static int Run(OrderStreamEvent[] events, bool matches)
    {
        Tally tally = new();
        MatchingEngine<TallySink> engine = new(new TallySink(tally), capacity: 1 << 17);
        for (int from = 0; from < events.Length; from += Portion)
        {
            Play(engine, events.AsSpan(from, Math.Min(Portion, events.Length - from)), matches);
        }

        return engine.Orders;
    }

    private static void Play(MatchingEngine<TallySink> engine, ReadOnlySpan<OrderStreamEvent> events, bool matches)
    {
        foreach (ref readonly OrderStreamEvent e in events)
        {
            switch (e.Action)
            {
                case OrderStreamAction.Add:
                    MatchOrder order = new() { Id = e.Id, Price = e.Price, Size = e.Quantity, IsSell = !e.IsBuy };
                    if (matches)
                    {
                        engine.Submit(order);
                    }
                    else
                    {
                        engine.Insert(order);
                    }

                    break;
                case OrderStreamAction.Delete:
                    engine.Cancel(e.Id);
                    break;
                default:
                    engine.Reduce(e.Id, e.Quantity);
                    break;
            }
        }
    }

    private sealed class Tally
    {
        public long Trades { get; set; }

        public long Levels { get; set; }
    }

    // Counts, as the anchor's handler does.
    private readonly struct TallySink(Tally tally) : IMatchingSink
    {
        public void OnTrade(in MatchTrade trade) => tally.Trades++;

        public void OnPrevention(in MatchPrevention prevention)
        {
        }

        public void OnLevel(bool isSell, in MatchLevel level) => tally.Levels++;

        public long Allowed(long makerId, long size) => size;
    }
}
