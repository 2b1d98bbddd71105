using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Simulation.Randomness;

namespace Harrier.Tests.Engine.Reconciliation;

/// <summary>A made-up account at a venue: what truly happened, the facts that could have reached us, and what the venue shows when asked.</summary>
internal sealed class TruthAccount
{
    public const decimal InitialQuote = 1_000_000m;
    public const decimal InitialBase = 1_000m;
    public static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT"];
    private static readonly Timestamp Start = Timestamp.FromUnixSeconds(1_767_225_600);

    private readonly RandomStream _random;
    private readonly List<OrderFact> _orders = [];
    private readonly List<FillFact> _fills = [];
    private readonly List<AccountFact> _news = [];
    private readonly List<AccountFact> _intents = [];
    private long _clock;

    public TruthAccount(long seed, InstrumentKind kind)
    {
        _random = new RandomStream(seed);
        Kind = kind;
        int ours = 1 + _random.NextInt32(8);
        for (int i = 1; i <= ours; i++)
        {
            Order(new ClientOrderId(7, i).ToString(), i, isOurs: true);
        }

        int foreign = _random.NextInt32(3);
        for (int i = 1; i <= foreign; i++)
        {
            Order($"web-{i}", 1000 + i, isOurs: false);
        }

        _fills.Sort(static (a, b) => a.Time.CompareTo(b.Time));
    }

    public InstrumentKind Kind { get; }

    public IReadOnlyList<FillFact> Fills => _fills;

    public IReadOnlyList<OrderFact> Orders => _orders;

    /// <summary>After all that happened, and after every grace.</summary>
    public static Timestamp End => Start + TimeSpan.FromHours(2);

    public ReconciliationPolicy Policy { get; } = new() { ConfirmAfter = TimeSpan.Zero };

    /// <summary>A book that took the venue's first picture and wrote down every intent.</summary>
    public AccountBook Book()
    {
        AccountBook book = new();
        book.Apply(new BaselineTaken(Start, Start));
        foreach (BalanceFact balance in new[] { new BalanceFact(new Asset("USDT"), InitialQuote), new BalanceFact(new Asset("BTC"), InitialBase), new BalanceFact(new Asset("ETH"), InitialBase) })
        {
            book.Apply(new BalanceStated(Start, default, balance, Start, 0));
        }

        foreach (AccountFact intent in _intents)
        {
            book.Apply(intent);
        }

        return book;
    }

    /// <summary>What the private stream told: each fact by chance not, once or twice, in any order.</summary>
    public (List<AccountFact> Heard, List<AccountFact> Missed) Stream()
    {
        List<AccountFact> heard = [];
        List<AccountFact> missed = [];
        foreach (AccountFact fact in _news)
        {
            int times = _random.NextInt32(3);
            heard.AddRange(Enumerable.Repeat(fact, times));
            if (times == 0)
            {
                missed.Add(fact);
            }
        }

        return (Shuffled(heard), Shuffled(missed));
    }

    /// <summary>What the venue shows when asked some time after the end, ended orders answered one by one.</summary>
    public AccountPicture Picture(TimeSpan after = default, Func<FillFact, bool>? shown = null)
    {
        Timestamp asked = End + after;
        IEnumerable<FillFact> fills = _fills.Where(shown ?? (static _ => true)).Select(f => f with { ClientId = "" });
        return new AccountPicture
        {
            Asked = asked,
            AskedAtVenue = asked,
            Orders = Shuffled([.. _orders.Where(o => !o.IsFinal || ClientOrderId.TryParse(o.ClientId, out _))]),
            Fills = Shuffled([.. fills, .. fills.Where(_ => _random.NextInt32(4) == 0)]),
            Positions = Kind == InstrumentKind.Spot ? [] : [.. Symbols.Select(Position).Where(p => p.Quantity != 0)],
            Balances = [.. Balances().Where(b => b.Total != 0)],
        };
    }

    /// <summary>The position by the textbook: average price in the venue's order.</summary>
    public PositionFact Position(string symbol)
    {
        (decimal quantity, decimal average, _) = Fold(symbol);
        return new PositionFact(new PositionKey(symbol, PositionSide.Both), quantity, quantity == 0 ? 0 : average);
    }

    public IReadOnlyList<BalanceFact> Balances()
    {
        decimal quote = InitialQuote - _fills.Sum(f => f.Fee);
        if (Kind != InstrumentKind.Spot)
        {
            return [new BalanceFact(new Asset("USDT"), quote + Symbols.Sum(s => Fold(s).Realized)), new BalanceFact(new Asset("BTC"), InitialBase), new BalanceFact(new Asset("ETH"), InitialBase)];
        }

        decimal Sum(string symbol) => _fills.Where(f => f.Symbol == symbol).Sum(f => f.Signed);
        return
        [
            new BalanceFact(new Asset("USDT"), quote - _fills.Sum(f => f.Signed * f.Price)),
            new BalanceFact(new Asset("BTC"), InitialBase + Sum("BTCUSDT")),
            new BalanceFact(new Asset("ETH"), InitialBase + Sum("ETHUSDT")),
        ];
    }

    public List<T> Shuffled<T>(List<T> items)
    {
        for (int i = items.Count - 1; i > 0; i--)
        {
            int j = _random.NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }

        return items;
    }

    private (decimal Quantity, decimal Average, decimal Realized) Fold(string symbol)
    {
        (decimal quantity, decimal average, decimal realized) = (0, 0, 0);
        foreach (FillFact fill in _fills.Where(f => f.Symbol == symbol))
        {
            decimal left = fill.Signed;
            if (quantity != 0 && Math.Sign(left) != Math.Sign(quantity))
            {
                decimal closed = Math.Min(Math.Abs(left), Math.Abs(quantity)) * Math.Sign(quantity);
                realized += closed * (fill.Price - average);
                quantity -= closed;
                left += closed;
            }

            average = left == 0 ? average : ((quantity * average) + (left * fill.Price)) / (quantity + left);
            quantity += left;
        }

        return (quantity, average, realized);
    }

    private void Order(string clientId, long venueId, bool isOurs)
    {
        string symbol = Symbols[_random.NextInt32(2)];
        decimal quantity = 1 + _random.NextInt32(20);
        Timestamp created = Tick();
        OrderFact order = new()
        {
            Symbol = symbol,
            ClientId = clientId,
            VenueId = venueId,
            Side = _random.NextInt32(2) == 0 ? OrderSide.Buy : OrderSide.Sell,
            Quantity = quantity,
            Price = 100 + _random.NextInt32(20),
            Terms = new SymbolTerms(Kind, new Asset(symbol[..3]), new Asset("USDT")),
            Standing = OrderStanding.Working,
            Created = created,
            Changed = created,
        };
        if (isOurs)
        {
            _intents.Add(new OrderIntended(created, order with { VenueId = null, Standing = OrderStanding.Sent }));
            _news.Add(new OrderMoved(created, clientId, OrderStanding.Working, venueId));
        }

        order = Trade(order, isOurs);
        bool ends = order.Executed == quantity || _random.NextInt32(2) == 0;
        if (ends)
        {
            OrderStanding end = order.Executed == quantity ? OrderStanding.Filled : _random.NextInt32(2) == 0 ? OrderStanding.Canceled : OrderStanding.Expired;
            order = order with { Standing = end, Changed = Tick() };
            if (isOurs)
            {
                _news.Add(new OrderMoved(order.Changed, clientId, end, venueId));
            }
        }

        _orders.Add(order);
    }

    private OrderFact Trade(OrderFact order, bool isOurs)
    {
        int pieces = _random.NextInt32(5);
        for (int i = 0; i < pieces && order.Executed < order.Quantity; i++)
        {
            decimal size = 1 + _random.NextInt32((int)(order.Quantity - order.Executed));

            // Orders trade in any order among each other.
            Timestamp time = order.Created + TimeSpan.FromSeconds(1 + _random.NextInt32(3000)) + TimeSpan.FromTicks(++_clock);
            FillFact fill = new()
            {
                Symbol = order.Symbol,
                TradeId = 10_000 + _fills.Count,
                OrderId = order.VenueId!.Value,
                ClientId = isOurs ? order.ClientId : "",
                Side = order.Side,
                Quantity = size,
                Price = order.Price + _random.NextInt32(5),
                Quote = 0,
                Fee = _random.NextInt32(10) * 0.01m,
                FeeAsset = new Asset("USDT"),
                Terms = order.Terms,
                Time = time,
            };
            fill = fill with { Quote = fill.Price * fill.Quantity };
            _fills.Add(fill);
            if (isOurs)
            {
                _news.Add(new FillTold(time, fill));
            }

            order = order with
            {
                Executed = order.Executed + size,
                ExecutedQuote = (order.ExecutedQuote ?? 0) + fill.Quote,
                Changed = time > order.Changed ? time : order.Changed,
            };
        }

        return order;
    }

    private Timestamp Tick() => Start + TimeSpan.FromSeconds(1 + ++_clock);
}
