// For the measurement of a live run (docs in bench/RESULTS.md): trades often, and only because a book changed.

namespace Bench;

/// <summary>Settings of <see cref="ImbalanceTaker"/>.</summary>
public sealed record ImbalanceTakerSettings
{
    /// <summary>Time between two orders.</summary>
    [StrategyParameter("seconds between two orders", Min = 0.1, Max = 3600)]
    public double Pause { get; init; } = 2;
}

/// <summary>Buys with the first book after a pause that leans to the bid, sells with the first one after another.</summary>
[StrategyKey("IMBALANCE_TAKER", "market orders on books, for measuring")]
public sealed class ImbalanceTaker(ImbalanceTakerSettings settings) : Strategy
{
    private BookFeatures _book = null!;
    private long _since;

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _book = Features.Book(Instrument.Id);
        Features.Density(Instrument.Id);
        Features.Activity(Instrument.Id);
    }

    /// <inheritdoc/>
    protected override void OnBook(in BookTop top)
    {
        if (HasWorkingOrders || Now.Nanos - _since < settings.Pause * 1e9)
        {
            return;
        }

        if (!Position.IsFlat)
        {
            _since = Now.Nanos;
            Emit(SignalSide.Exit, 1);
        }
        else if (_book.Imbalance(10) > 0)
        {
            _since = Now.Nanos;
            Emit(SignalSide.Buy, 1);
        }
    }

    /// <inheritdoc/>
    protected override void SaveState(ref StateWriter writer) => writer.Write(_since);

    /// <inheritdoc/>
    protected override void RestoreState(ref StateReader reader) => _since = reader.ReadInt64();
}
