using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Tests.Engine.Reconciliation;

/// <summary>
/// Whatever of the news was lost, doubled, late or out of order: one comparison with the venue makes our book equal to the truth, a second one
/// finds nothing, and news that come after it change nothing.
/// </summary>
public sealed class ReconcilerPropertyTests
{
    [Fact]
    public void AnyNews_OneComparison_EqualsTheTruthBySimpleExecutions() => Check((truth, kind) =>
    {
        AccountBook book = truth.Book();
        (List<AccountFact> heard, List<AccountFact> missed) = truth.Stream();
        Apply(book, heard);

        IReadOnlyList<Difference> found = Reconcile(book, truth, truth.Picture());
        EqualsTruth(book, truth, kind);
        found.ShouldAllBe(d => d.Resolution.Kind != ResolutionKind.AdjustBook && d.Resolution.Kind != ResolutionKind.LookAgain && d.Resolution.Kind != ResolutionKind.Escalate);

        Reconcile(book, truth, truth.Picture()).ShouldBeEmpty("the same picture again");
        Reconcile(book, truth, truth.Picture(TimeSpan.FromMinutes(1))).ShouldBeEmpty("a later picture");

        // What was on its way all the time arrives after all, and what was heard is told again.
        Apply(book, missed);
        Apply(book, heard);
        EqualsTruth(book, truth, kind);
        Reconcile(book, truth, truth.Picture(TimeSpan.FromMinutes(2))).ShouldBeEmpty("after the late news");
    });

    [Fact]
    public void ExecutionsThatNoListHas_AreInferredAndNeverCountTwice_InWhateverOrderTheRealOnesCome() => Check((truth, kind) =>
    {
        AccountBook book = truth.Book();
        (List<AccountFact> heard, List<AccountFact> missed) = truth.Stream();
        Apply(book, heard);

        // The list of executions leaves some out for good; the orders' cumulative numbers count them.
        Reconcile(book, truth, truth.Picture(shown: f => f.ClientId.Length == 0 || f.TradeId.Low % 2 == 0));
        SizesEqualTruth(book, truth, kind);
        OrdersEqualTruth(book, truth);
        Reconcile(book, truth, truth.Picture(TimeSpan.FromMinutes(1), f => f.ClientId.Length == 0 || f.TradeId.Low % 2 == 0)).Where(IsOfSizes).ShouldBeEmpty("inferred once");

        foreach (AccountFact fact in missed)
        {
            book.Apply(fact);
            SizesEqualTruth(book, truth, kind);
            OrdersEqualTruth(book, truth);
        }

        Reconcile(book, truth, truth.Picture(TimeSpan.FromMinutes(2)));
        SizesEqualTruth(book, truth, kind);
        OrdersEqualTruth(book, truth);
        foreach (OrderFact order in truth.Orders)
        {
            book.InferredOf(order.ClientId).ShouldBe(0, "every inferred execution was replaced by real ones");
        }

        Reconcile(book, truth, truth.Picture(TimeSpan.FromMinutes(3))).ShouldBeEmpty();
        EqualsTruth(book, truth, kind);
    });

    [Fact]
    public void AnyOrderOfTheSameFacts_GivesTheSameBook() => Check((truth, kind) =>
    {
        AccountBook book = truth.Book();
        AccountBook shuffled = truth.Book();
        (List<AccountFact> heard, _) = truth.Stream();
        Apply(book, heard);
        Apply(shuffled, truth.Shuffled([.. heard, .. heard]));
        foreach (Holding holding in book.Holdings.Positions)
        {
            Holding other = shuffled.Holdings.Find(holding.Key)!;
            (other.Net, other.Realized).ShouldBe((holding.Net, holding.Realized));
        }

        shuffled.Holdings.Balances.Select(b => (b.Asset, b.Total)).ShouldBe(book.Holdings.Balances.Select(b => (b.Asset, b.Total)));
    });

    [Fact]
    public void APositionTakenOver_SwallowsTheExecutionsThatExplainItLater() => Check((truth, kind) =>
    {
        if (kind == InstrumentKind.Spot)
        {
            return;
        }

        // Nothing but the positions could be read; they are taken over. The executions behind them come afterwards, in any order.
        AccountBook book = truth.Book();
        AccountPicture positions = truth.Picture() with { Orders = [], Fills = [], Complete = PictureParts.Positions };
        foreach (OrderFact order in truth.Orders.Where(o => ClientOrderId.TryParse(o.ClientId, out _)))
        {
            book.Apply(new OrderMoved(order.Created, order.ClientId, OrderStanding.Working, order.VenueId));
        }

        Reconcile(book, truth, positions);
        SizesEqualTruth(book, truth, kind);
        foreach (FillFact fill in truth.Shuffled([.. truth.Fills]))
        {
            BookEntry entry = book.Apply(new FillTold(TruthAccount.End, fill));
            bool isStated = truth.Position(fill.Symbol).Quantity != 0;
            entry.IsCovered.ShouldBe(isStated, "a statement says so to those who tell an engine");
        }

        foreach (string symbol in TruthAccount.Symbols)
        {
            Held(book, symbol).ShouldBe(truth.Position(symbol).Quantity);
        }
    });

    private static void Check(Action<TruthAccount, InstrumentKind> holds) =>
        Prop.ForAll(Arb.From(Gen.Choose(1, 1_000_000)), seed =>
        {
            foreach (InstrumentKind kind in (ReadOnlySpan<InstrumentKind>)[InstrumentKind.Spot, InstrumentKind.LinearPerpetual])
            {
                holds(new TruthAccount(seed, kind), kind);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));

    private static void Apply(AccountBook book, IEnumerable<AccountFact> facts)
    {
        foreach (AccountFact fact in facts)
        {
            book.Apply(fact);
        }
    }

    private static IReadOnlyList<Difference> Reconcile(AccountBook book, TruthAccount truth, AccountPicture theirs)
    {
        IReadOnlyList<Difference> found = Reconciler.Compare(book, theirs, truth.Policy, theirs.Asked);
        Reconciler.Compare(book, theirs, truth.Policy, theirs.Asked).SequenceEqual(found).ShouldBeTrue("comparing changes nothing");
        book.Note(found, theirs, theirs.Asked);
        Apply(book, found.Select(d => d.Resolution.Fact).OfType<AccountFact>());
        return found;
    }

    private static bool IsOfSizes(Difference difference) => difference.Kind is not (DifferenceKind.BalanceDrift or DifferenceKind.EntryPrice);

    private static decimal Held(AccountBook book, string symbol) => book.Holdings.Find(new PositionKey(symbol, PositionSide.Both))?.Net.Quantity ?? 0;

    private static void OrdersEqualTruth(AccountBook book, TruthAccount truth)
    {
        foreach (OrderFact order in truth.Orders.Where(o => ClientOrderId.TryParse(o.ClientId, out _)))
        {
            book.TryFind(order.ClientId, out OrderFact? ours).ShouldBeTrue();
            (ours!.Standing, ours.Executed).ShouldBe((order.Standing, order.Executed), order.ClientId);
        }
    }

    private static void SizesEqualTruth(AccountBook book, TruthAccount truth, InstrumentKind kind)
    {
        foreach (string symbol in TruthAccount.Symbols)
        {
            Held(book, symbol).ShouldBe(truth.Position(symbol).Quantity, $"{kind} {symbol}");
        }
    }

    private static void EqualsTruth(AccountBook book, TruthAccount truth, InstrumentKind kind)
    {
        SizesEqualTruth(book, truth, kind);
        OrdersEqualTruth(book, truth);
        foreach (BalanceFact balance in truth.Balances())
        {
            book.Holdings.Balance(balance.Asset).ShouldBe(balance.Total, 0.00000001m, balance.Asset.Code);
        }

        foreach (string symbol in TruthAccount.Symbols)
        {
            PositionFact position = truth.Position(symbol);
            decimal entry = book.Holdings.Find(position.Key)?.Net.EntryPrice ?? 0;
            entry.ShouldBe(position.EntryPrice, 0.00000001m);
        }
    }
}
