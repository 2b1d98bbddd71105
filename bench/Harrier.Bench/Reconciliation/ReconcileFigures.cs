using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Bench.Reconciliation;

/// <summary>Comparing a book of 1,000 working orders and 10,000 executions with the venue's picture, without any input or output.</summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class ReconcileFigures(TimeProvider time) : IFigureArea
{
    private const int Orders = 1_000;
    private const int FillsPerOrder = 10;
    private const int Symbols = 20;
    private static readonly Timestamp Start = Timestamp.FromUnixSeconds(1_767_225_600);
    private static readonly Timestamp Asked = Start + TimeSpan.FromHours(2);
    private static readonly ReconciliationPolicy Policy = new() { ConfirmAfter = TimeSpan.Zero };

    /// <inheritdoc/>
    public string Name => "reconcile";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        AccountPicture picture = Picture();
        AccountBook equal = Book(told: static _ => true);
        yield return Compare("equal", equal, picture, 0);

        // Every tenth execution was lost; the orders' ids and the positions follow from the rest.
        AccountBook behind = Book(told: static fill => fill.TradeId.Low % 10 != 0);
        yield return Compare("1,000 executions missed", behind, picture, Orders);

        AccountBook empty = Book(told: static _ => false);
        yield return Compare("10,000 executions missed", empty, picture, Orders * FillsPerOrder);
        yield return Milliseconds("restart from 12,000 facts", () => Book(told: static _ => true));
    }

    private Figure Compare(string name, AccountBook book, AccountPicture picture, int expected)
    {
        int found = 0;
        Figure figure = Milliseconds(name, () => found = Reconciler.Compare(book, picture, Policy, Asked).Count);
        return found == expected ? figure : throw new InvalidOperationException($"{name}: {found} differences in place of {expected}");
    }

    private Figure Milliseconds(string name, Action work)
    {
        const double NanosecondsPerMillisecond = 1e6;
        Figure figure = new Repetitions(time).NanosecondsPer(Name, name, "ms", 1, work);
        return figure with
        {
            Median = figure.Median / NanosecondsPerMillisecond,
            Least = figure.Least / NanosecondsPerMillisecond,
            Most = figure.Most / NanosecondsPerMillisecond,
        };
    }

    private static AccountBook Book(Func<FillFact, bool> told)
    {
        AccountBook book = new();
        book.Apply(new BaselineTaken(Start, Start));
        for (int i = 0; i < Orders; i++)
        {
            OrderFact order = Order(i);
            book.Apply(new OrderIntended(Start, order with { VenueId = null, Executed = 0, ExecutedQuote = null, Standing = OrderStanding.Sent }));
            book.Apply(new OrderMoved(Start, order.ClientId, OrderStanding.Working, order.VenueId));
        }

        foreach (FillFact fill in Fills().Where(told))
        {
            book.Apply(new FillTold(Start, fill));
        }

        return book;
    }

    private static AccountPicture Picture()
    {
        AccountBook whole = Book(told: static _ => true);
        return new AccountPicture
        {
            Asked = Asked,
            AskedAtVenue = Asked,
            Orders = [.. Enumerable.Range(0, Orders).Select(Order)],
            Fills = [.. Fills().Select(static f => f with { ClientId = "" })],
            Positions = [.. whole.Holdings.Positions.Where(static h => h.Net.Quantity != 0).Select(static h => new PositionFact(h.Key, h.Net.Quantity, h.Net.EntryPrice))],
            Balances = whole.Holdings.Balances,
        };
    }

    private static OrderFact Order(int index) => new()
    {
        Symbol = SymbolOf(index),
        ClientId = new ClientOrderId(1, index + 1).ToString(),
        VenueId = index + 1,
        Side = index % 3 == 0 ? OrderSide.Sell : OrderSide.Buy,
        Quantity = FillsPerOrder + 1,
        Price = 100 + (index % 7),
        Executed = FillsPerOrder,
        ExecutedQuote = FillsPerOrder * (100 + (index % 7)),
        Standing = OrderStanding.Working,
        Terms = TermsOf(index),
        Created = Start,
        Changed = Start,
    };

    private static IEnumerable<FillFact> Fills()
    {
        for (int i = 0; i < Orders * FillsPerOrder; i++)
        {
            OrderFact order = Order(i % Orders);
            yield return new FillFact
            {
                Symbol = order.Symbol,
                TradeId = i + 1,
                OrderId = order.VenueId!.Value,
                ClientId = order.ClientId,
                Side = order.Side,
                Quantity = 1,
                Price = order.Price,
                Quote = order.Price,
                Fee = 0.01m,
                FeeAsset = order.Terms.Quote,
                Terms = order.Terms,
                Time = Start + TimeSpan.FromMilliseconds(i + 1),
            };
        }
    }

    private static string SymbolOf(int index) => $"A{index % Symbols:00}USDT";

    private static SymbolTerms TermsOf(int index) => new(InstrumentKind.LinearPerpetual, new Asset($"A{index % Symbols:00}"), new Asset("USDT"));
}
