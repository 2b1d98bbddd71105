using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Tests.Engine.Reconciliation;

/// <summary>A book, a clock and a venue's picture written by hand.</summary>
internal sealed class BookScene
{
    public static readonly PositionKey Btc = new("BTCUSDT", PositionSide.Both);

    public AccountBook Book { get; } = new();

    public Timestamp Now { get; set; } = Timestamp.FromUnixSeconds(1_767_225_600);

    public ReconciliationPolicy Policy { get; set; } = new() { ConfirmAfter = TimeSpan.Zero };

    public InstrumentKind Kind { get; init; } = InstrumentKind.LinearPerpetual;

    public TrackedPosition? Position => Book.Positions.Find(Btc);

    public void Wait(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public OrderFact Intend(int sequence, decimal quantity, OrderSide side = OrderSide.Buy)
    {
        OrderFact order = Order(sequence, quantity, OrderStanding.Sent) with { Side = side, VenueId = null };
        Book.Apply(new OrderIntended(Now, order));
        return order;
    }

    public OrderFact Order(int sequence, decimal quantity, OrderStanding standing, decimal executed = 0) => new()
    {
        Symbol = "BTCUSDT",
        ClientId = new ClientOrderId(1, sequence).ToString(),
        VenueId = 100 + sequence,
        Side = OrderSide.Buy,
        Quantity = quantity,
        Price = 100,
        Executed = executed,
        ExecutedQuote = executed * 100,
        Standing = standing,
        Terms = new SymbolTerms(Kind, new Asset("BTC"), new Asset("USDT")),
        Created = Now,
        Changed = Now,
    };

    public FillFact Fill(long id, decimal quantity, decimal price, OrderSide side = OrderSide.Buy, int sequence = 1) => new()
    {
        Symbol = "BTCUSDT",
        TradeId = id,
        OrderId = 100 + sequence,
        ClientId = new ClientOrderId(1, sequence).ToString(),
        Side = side,
        Quantity = quantity,
        Price = price,
        Quote = quantity * price,
        Terms = new SymbolTerms(Kind, new Asset("BTC"), new Asset("USDT")),
        Time = Now,
    };

    public BookEntry Tell(FillFact fill) => Book.Apply(new FillTold(Now, fill));

    public AccountPicture Shows(params OrderFact[] orders) => new() { Asked = Now, AskedAtVenue = Now, Orders = orders };

    public AccountPicture Holds(decimal quantity, decimal entry) =>
        Shows() with { Positions = quantity == 0 ? [] : [new PositionFact(Btc, quantity, entry) { MarkPrice = entry }] };

    public IReadOnlyList<Difference> Compare(AccountPicture theirs) => Reconciler.Compare(Book, theirs, Policy, Now);

    /// <summary>Compares, resolves and remembers, as a session does.</summary>
    public IReadOnlyList<Difference> Sync(AccountPicture theirs)
    {
        IReadOnlyList<Difference> found = Compare(theirs);
        foreach (AccountFact fact in found.Select(d => d.Resolution.Fact).OfType<AccountFact>())
        {
            Book.Apply(fact);
        }

        Book.Note(found, theirs, Now);
        return found;
    }
}
