using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Journal;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Execution.Conversions;

/// <summary>An engine that holds dollars and coins, and the reports of a broker.</summary>
internal sealed class ConversionScene
{
    public static readonly Asset Usd = new("USD");
    public static readonly Asset Btc = new("BTC");
    public static readonly Asset Eth = new("ETH");
    private static readonly string[] Codes = ["BTC", "ETH"];
    private static readonly InstrumentTable Table = new([.. Codes.Select(Define)]);

    public ConversionScene(RiskLimits? limits = null, IJournal? journal = null)
    {
        Engine = Create(limits, journal);
        Engine.Process(new AccountReport(default, new Money(1000, Usd), At(0)));
        Engine.Process(new AccountReport(default, new Money(2, Btc), At(0)));
    }

    public TradingEngine Engine { get; set; }

    public static TradingEngine Create(RiskLimits? limits = null, IJournal? journal = null) => new(
        new EngineOptions
        {
            Account = new AccountId("test"),
            Run = 1,
            Instruments = [.. Codes.Select(Define)],
            Numeraire = Usd,
            Bots = [new BotDefinition { Strategy = new IdleStrategy(), Instruments = [new InstrumentId(0), new InstrumentId(1)] }],
            Limits = limits ?? new RiskLimits(),
        },
        new EngineSurroundings(new RecordingVenue(), journal));

    public static Timestamp At(double seconds) => new((long)(seconds * Timestamp.NanosPerSecond));

    public static VenueTradeId Id(long number) => VenueTradeId.FromParts(0xA000_0000_0000_4000, 0x8000_0000_0000_0000 | (ulong)number);

    public static ConversionReport Report(ConversionStage stage, long id, decimal from = 100, decimal to = 0.001m, double at = 1) => new()
    {
        Stage = stage,
        Id = Id(id),
        Intent = new ClientOrderId(1, (int)id),
        Bot = default,
        From = new Money(from, Usd),
        To = new Money(to, Btc),
        Expires = At(30),
        Time = At(at),
    };

    public ConversionDecision Request(long id, decimal from = 100, decimal to = 0.001m, double at = 1) => Engine.Process(Report(ConversionStage.Requested, id, from, to, at));

    public void Done(long id, decimal from = 100, decimal to = 0.001m, double at = 2) => Engine.Process(Report(ConversionStage.Done, id, from, to, at));

    public void NotDone(long id, double at = 2) => Engine.Process(Report(ConversionStage.NotDone, id, at: at));

    public decimal Balance(LedgerAccount account, Asset asset) => Engine.Portfolio.Ledger.Balance(default, account, Index(asset));

    public decimal Owned(Asset asset) => Engine.Portfolio.Ledger.Owned(default, Index(asset));

    /// <summary>All accounts of each asset sum to zero, always.</summary>
    public void ShouldBalance()
    {
        foreach (Asset asset in Table.Assets)
        {
            Engine.Portfolio.Ledger.Sum(Index(asset)).ShouldBe(0, asset.Code);
        }
    }

    private static int Index(Asset asset) => Table.IndexOf(asset);

    private static Instrument Define(string code, int index) => new(new InstrumentId(index), new InstrumentDefinition
    {
        Venue = new VenueId("test"),
        Symbol = code + "USD",
        Kind = InstrumentKind.Spot,
        Base = new Asset(code),
        Quote = Usd,
        TickSize = 0.01m,
        LotSize = 0.00000001m,
    });

    private sealed class IdleStrategy : Strategy;
}
