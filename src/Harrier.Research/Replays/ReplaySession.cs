using Harrier.Engine;
using Harrier.Engine.Journal;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;
using Harrier.Simulation.Books;

namespace Harrier.Research.Replays;

/// <summary>An engine, its simulated venue and the loop that plays a tape to both, with the starting balance paid in.</summary>
public sealed class ReplaySession : IDisposable
{
    private ReplaySession(TradingEngine engine, BookFillSimulator venue, ReplayLoop loop, ExecutionMeter meter)
    {
        Engine = engine;
        Venue = venue;
        Loop = loop;
        Meter = meter;
    }

    /// <summary>The engine, one bot per symbol.</summary>
    public TradingEngine Engine { get; }

    /// <summary>The venue.</summary>
    public BookFillSimulator Venue { get; }

    /// <summary>The loop, before its first event.</summary>
    public ReplayLoop Loop { get; }

    /// <summary>Measures how orders are filled.</summary>
    internal ExecutionMeter Meter { get; }

    /// <summary>Wires a session; nothing has been played yet.</summary>
    /// <param name="settings">What to run.</param>
    /// <param name="input">What to run it on.</param>
    /// <param name="configHash">Hash of the configuration in hexadecimal; its first 8 digits become part of every order id.</param>
    /// <param name="journal">Remembers inputs and decisions; null for none.</param>
    public static ReplaySession Create(BacktestSettings settings, ReplayInput input, string configHash, IJournal? journal = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(input);
        EngineOptions options = BacktestSession.EngineOptionsOf(settings, input.Bars.Series, configHash);
        BookFillSimulator venue = new(options.Instruments, options.Bots.Count, settings.Fills, input.Settings.Fills);
        ExecutionMeter meter = new(venue);
        TradingEngine engine = new(options, new EngineSurroundings(meter, journal));
        meter.Watch(engine, () => venue.EngineTime);
        StartingBalance.PayIn(engine, venue, (settings.InitialBalance, input.From));
        ReplayLoop loop = new(engine, venue, input.Tape, (input.Bars.Series[0].Spec, input.Settings.FeedMilliseconds)) { Meter = meter };
        return new ReplaySession(engine, venue, loop, meter);
    }

    /// <summary>Closes the recording.</summary>
    public void Dispose() => Loop.Dispose();
}
