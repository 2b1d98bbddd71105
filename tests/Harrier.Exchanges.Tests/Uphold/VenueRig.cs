using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Testnet.Uphold;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Uphold;
using Harrier.Exchanges.Venues;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>The adapter on the built-in broker, and an engine that asks its risk gate and books what happens.</summary>
internal sealed class VenueRig : IAsyncDisposable
{
    public static readonly Asset Usd = new("USD");
    public static readonly Asset Btc = new("BTC");
    public static readonly Asset Eth = new("ETH");
    public static readonly Asset Xrp = new("XRP");
    private readonly HttpMessageInvoker _transport = RestTransport.Create();
    private readonly HttpMessageInvoker _http;
    private readonly CallCounter _calls;
    private readonly WatchedClock _clock;
    private readonly TimeProvider _time;
    private readonly Lock _engineGate = new();
    private int _sequence;

    private VenueRig(QuietBroker broker, Func<UpholdVenueOptions, UpholdVenueOptions>? tune, TimeProvider time)
    {
        Broker = broker;
        _time = time;
        _clock = new WatchedClock(time);
        _calls = new CallCounter(_transport, _clock.Trigger);
        _http = new HttpMessageInvoker(_calls);
        UpholdVenueOptions options = new();
        UpholdAccountOptions account = new()
        {
            Endpoints = UpholdEndpoints.At(broker.Rest),
            Authorization = UpholdAuthorization.Bearer(new ApiCredentials("default", new Secret(QuietBroker.Token))),
            Venue = tune?.Invoke(options) ?? options,
        };
        VenueSurroundings surroundings = new(_http, new HttpSocketFactory(_http), _clock, NullLogger.Instance) { Jitter = static () => 0.5 };
        Account = new UpholdAccount(account, UpholdAccount.RequestsOf(account, surroundings), surroundings);
        Engine = ConversionEngine.Create();
    }

    public QuietBroker Broker { get; }

    public UpholdAccount Account { get; }

    public UpholdVenue Venue => Account.Venue;

    public TradingEngine Engine { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<VenueRig> StartAsync(QuietBroker broker, Func<UpholdVenueOptions, UpholdVenueOptions>? tune = null, TimeProvider? time = null)
    {
        VenueRig rig = new(broker, tune, time ?? TimeProvider.System);
        ConversionAnswer<IReadOnlyList<Holding>> holdings = await rig.Venue.HoldingsAsync(Stop);
        holdings.IsOk.ShouldBeTrue(holdings.Detail);
        foreach (Holding holding in holdings.Value.Where(h => Assets.Contains(h.Total.Asset)))
        {
            rig.Engine.Process(new AccountReport(new BotId(0), holding.Total, rig.Now));
        }

        rig.Cards = (await rig.Account.Calls.CardsAsync(Stop)).Value.Where(c => Assets.Contains(c.Balance.Asset)).ToDictionary(c => c.Balance.Asset, c => c.Id);

        return rig;
    }

    public static IReadOnlyList<Asset> Assets { get; } = [Usd, Btc, Eth, Xrp];

    /// <summary>The card of each asset.</summary>
    public IReadOnlyDictionary<Asset, string> Cards { get; private set; } = new Dictionary<Asset, string>();

    public Timestamp Now => Timestamp.From(_time.GetUtcNow());

    public ConversionRequest Wish(Asset from, Asset to, decimal amount, Asset? of = null) =>
        new(new ClientOrderId(0xC0FFEE, Interlocked.Increment(ref _sequence)), from, to, new Money(amount, of ?? from));

    public Task<ConversionAnswer<ConversionQuote>> QuoteAsync(Asset from, Asset to, decimal amount, Asset? of = null) =>
        Venue.QuoteAsync(Wish(from, to, amount, of), Stop);

    /// <summary>Asks the gate; the engine has one writer.</summary>
    public ConversionDecision Request(ConversionQuote quote)
    {
        using Lock.Scope alone = _engineGate.EnterScope();
        return Engine.Process(ConversionReport.Request(quote, new BotId(0), Now));
    }

    /// <summary>Asks the gate, commits, and books what is known; an unknown outcome stays open in the engine.</summary>
    public async Task<ConversionResult> CarryOutAsync(ConversionQuote quote)
    {
        ConversionDecision decision = Request(quote);
        decision.Approved.ShouldNotBeNull(decision.Denied.ToString());
        ConversionResult result = await Venue.CommitAsync(decision.Approved, Stop);
        Book(quote.Id, result);
        return result;
    }

    public void Book(VenueTradeId id, ConversionResult result)
    {
        using Lock.Scope alone = _engineGate.EnterScope();
        OpenConversion open = Engine.Conversions.Find(id)!;
        if (result.Outcome == ConversionOutcome.Done)
        {
            Engine.Process(ConversionReport.Done(result.Settled!, open.Bot, Now));
        }
        else if (result.Outcome == ConversionOutcome.NotDone)
        {
            Engine.Process(ConversionReport.NotDone(open, Now));
        }
    }

    /// <summary>What the engine's books say we own.</summary>
    public decimal Owned(Asset asset) => Engine.Portfolio.Ledger.Owned(new BotId(0), ConversionEngine.Index(asset));

    /// <inheritdoc cref="PassingTime.ForAsync{T}"/>
    public Task<T> PassTimeAsync<T>(Task<T> work) => new PassingTime(_calls, _clock, TimeSpan.FromMilliseconds(50)).ForAsync(work);

    /// <summary>How many commits arrived at the broker; one that is on its way is waited for.</summary>
    public async Task<int> CommitCallsAsync(int atLeast)
    {
        int calls = 0;
        for (int i = 0; i == 0 || (calls < atLeast && i < 1000); i++)
        {
            JsonElement truth = await Broker.TruthAsync();
            calls = truth.GetProperty("transactions").EnumerateArray().Sum(t => t.GetProperty("commitCalls").GetInt32());
        }

        return calls;
    }

    /// <summary>Our books against the broker's, to the last decimal; everything of an asset sums to zero.</summary>
    public async Task ShouldEqualTruthAsync()
    {
        Dictionary<string, decimal> truth = await Broker.BalancesAsync();
        foreach (Asset asset in Assets)
        {
            Owned(asset).ShouldBe(truth.GetValueOrDefault(asset.Code), asset.Code);
            Engine.Portfolio.Ledger.Sum(ConversionEngine.Index(asset)).ShouldBe(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Account.Dispose();
        _http.Dispose();
        _calls.Dispose();
        _transport.Dispose();
        await Broker.DisposeAsync();
    }
}
