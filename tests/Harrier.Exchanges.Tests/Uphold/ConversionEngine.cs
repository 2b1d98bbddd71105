using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Journal;
using Harrier.Engine.Market;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>An engine whose only bot does nothing by itself, with the assets of the broker's tests.</summary>
internal static class ConversionEngine
{
    private static readonly string[] Codes = ["BTC", "ETH", "XRP"];
    private static readonly InstrumentTable Table = new(Instruments());

    public static TradingEngine Create(IJournal? journal = null) => new(
        new EngineOptions
        {
            Account = new AccountId("test"),
            Run = 0xC0FFEE,
            Instruments = Instruments(),
            Bots = [new BotDefinition { Strategy = new IdleStrategy(), Instruments = [.. Instruments().Select(i => i.Id)] }],
            Numeraire = new Asset("USD"),
        },
        new EngineSurroundings(new NoVenue(), journal));

    public static int Index(Asset asset) => Table.IndexOf(asset);

    private static Instrument[] Instruments() => [.. Codes.Select((code, index) => new Instrument(new InstrumentId(index), new InstrumentDefinition
    {
        Venue = new VenueId("uphold"),
        Symbol = code + "USD",
        Kind = InstrumentKind.Spot,
        Base = new Asset(code),
        Quote = new Asset("USD"),
        TickSize = 0.01m,
        LotSize = 0.00000001m,
    }))];

    private sealed class IdleStrategy : Strategy;

    private sealed class NoVenue : IVenue
    {
        public void Submit(ApprovedOrder order) => throw new InvalidOperationException("conversions are no orders");

        public void Cancel(ClientOrderId order) => throw new InvalidOperationException("conversions are no orders");
    }
}
