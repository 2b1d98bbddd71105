using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Exchanges.Feeds;

namespace Harrier.Cli.Microstructure;

/// <summary>A real engine with one bot that watches and never trades.</summary>
internal sealed class FeatureEngine : IRecordingReader, IVenue
{
    private readonly TradingEngine _engine;

    /// <summary>Makes it; the bot is started.</summary>
    public FeatureEngine(Instrument instrument, Strategy watcher) => _engine = new TradingEngine(
        new EngineOptions
        {
            Account = new AccountId("features"),
            Run = 1,
            Instruments = [instrument],
            Numeraire = instrument.Quote,
            Bots = [new BotDefinition { Strategy = watcher, Instruments = [instrument.Id] }],
        },
        new EngineSurroundings(this));

    /// <summary>Takes a bar.</summary>
    public void OnBar(in Bar bar) => _engine.Process(in bar);

    /// <inheritdoc/>
    public void OnEvent(in MarketEvent marketEvent) => _engine.Process(in marketEvent);

    /// <inheritdoc/>
    public void OnFault(FeedFault fault) => _engine.Process(fault);

    /// <summary>Time passes.</summary>
    public void OnTime(Timestamp now) => _engine.Process(new Heartbeat(now, TimeSpan.Zero));

    void IVenue.Submit(ApprovedOrder order) => throw new InvalidOperationException("a watcher does not trade");

    void IVenue.Cancel(ClientOrderId order) => throw new InvalidOperationException("a watcher does not trade");
}
