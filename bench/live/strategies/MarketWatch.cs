// For the measurement of a live run (docs in bench/RESULTS.md): reads every feature of its market and never trades.

namespace Bench;

/// <summary>No settings.</summary>
public sealed record MarketWatchSettings;

/// <summary>Has the tape, the book, walls and activity of its symbol measured, and looks at them with every book.</summary>
[StrategyKey("MARKET_WATCH", "reads all features of trades and books, never trades")]
public sealed class MarketWatch(MarketWatchSettings settings) : Strategy
{
    private BookFeatures _book = null!;
    private double _seen;

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _ = settings;
        _book = Features.Book(Instrument.Id);
        Features.Density(Instrument.Id);
        Features.Activity(Instrument.Id);
    }

    /// <inheritdoc/>
    protected override void OnBook(in BookTop top) => _seen += (_book.Imbalance(10) ?? 0) + (_book.FlowImbalance(Now) ?? 0);

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer) => writer.Write(_seen);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _seen = reader.ReadDouble();
}
