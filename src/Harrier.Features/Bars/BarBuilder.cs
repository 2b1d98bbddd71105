using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>
/// Makes bars of one kind out of trades, one by one, without allocating. A trade belongs to one bar as a whole and is never split. A bar that time does
/// not close lasts from its first trade to its last; because trades of one instant can fill several bars and their order must not get lost, it opens at
/// the close of the one before at the earliest, and closes one nanosecond after its open at the earliest.
/// </summary>
/// <remarks>
/// Shorter bars are taken in place of trades. Time bars come out exactly; other kinds are labeled <see cref="BarSource.Approximated"/>, because a bar
/// is indivisible and they close at the end of a bar instead of within. Trades and bars are not to be mixed.
/// </remarks>
public abstract class BarBuilder : IStateful
{
    private Bar[] _closed = new Bar[2];
    private int _closedCount;
    private long _now = long.MinValue;
    private long _lastClose = long.MinValue;
    private BarDraft _draft;

    private protected BarBuilder(Instrument instrument, BarSpec spec)
    {
        Instrument = instrument;
        Spec = spec;
        Size = (double)spec.Size;
    }

    /// <summary>What is traded.</summary>
    public Instrument Instrument { get; }

    /// <summary>The series that is made.</summary>
    public BarSpec Spec { get; }

    private protected double Size { get; }

    private protected ref BarDraft Draft => ref _draft;

    /// <summary>A builder of the kind that a series has.</summary>
    /// <param name="instrument">What is traded.</param>
    /// <param name="spec">The series to make; its origin becomes that of the bars.</param>
    public static BarBuilder Create(Instrument instrument, BarSpec spec) => spec.Kind switch
    {
        BarKind.Time => new TimeBars(instrument, spec),
        BarKind.Tick => new TickBars(instrument, spec),
        BarKind.Volume => new VolumeBars(instrument, spec),
        BarKind.Dollar => new DollarBars(instrument, spec),
        BarKind.Renko => new RenkoBars(instrument, spec),
        BarKind.Imbalance => new ImbalanceBars(instrument, spec),
        _ => throw new ArgumentException($"no bars of kind {spec.Kind} can be made", nameof(spec)),
    };

    /// <summary>Takes a trade. Trades come in the order of time; an earlier time counts as that of the trade before it.</summary>
    /// <returns>The bars that are complete by it, oldest first; mostly none. They are valid until the next call.</returns>
    public ReadOnlySpan<Bar> Update(in TradePrint trade)
    {
        _closedCount = 0;
        _now = Math.Max(_now, trade.Time.Nanos);
        Take(in trade, _now);
        return _closed.AsSpan(0, _closedCount);
    }

    /// <summary>Takes a shorter bar in place of trades.</summary>
    /// <returns>As for a trade.</returns>
    /// <exception cref="ArgumentException">The bar crosses a border of the time bars that are made.</exception>
    public ReadOnlySpan<Bar> Update(in Bar bar)
    {
        _closedCount = 0;
        Take(in bar);
        return _closed.AsSpan(0, _closedCount);
    }

    /// <summary>Says that no trade before an instant is missing: time bars that end there or earlier are complete.</summary>
    /// <returns>As for a trade.</returns>
    public ReadOnlySpan<Bar> CloseUntil(Timestamp now)
    {
        _closedCount = 0;
        PassTime(now);
        return _closed.AsSpan(0, _closedCount);
    }

    /// <inheritdoc/>
    public virtual void Save(ref StateWriter writer)
    {
        writer.Write(_now);
        writer.Write(_lastClose);
        writer.WriteRaw(in _draft);
    }

    /// <inheritdoc/>
    public virtual void Restore(ref StateReader reader)
    {
        _closedCount = 0;
        _now = reader.ReadInt64();
        _lastClose = reader.ReadInt64();
        _draft = reader.ReadRaw<BarDraft>();
    }

    private protected abstract void Take(in TradePrint trade, long time);

    private protected abstract void Take(in Bar bar);

    private protected virtual void PassTime(Timestamp now)
    {
    }

    /// <summary>Begins a bar where it may begin at the earliest.</summary>
    private protected void Start(long time, long price) => _draft.Start(Math.Max(time, _lastClose), price);

    /// <summary>Hands out a bar that lasts to the latest instant known of it.</summary>
    private protected void Close() => Close((_draft.OpenTime, Math.Max(_draft.LastTime, _draft.OpenTime + 1)), _draft.ToBar(Spec, Instrument.Id));

    /// <summary>Hands out a bar that lasts from one instant to another, and forgets the draft.</summary>
    private protected void Close((long From, long To) time, in Bar bar)
    {
        if (_closedCount == _closed.Length)
        {
            Array.Resize(ref _closed, 2 * _closed.Length);
        }

        _closed[_closedCount++] = bar with { Spec = bar.Spec with { IntervalNanos = time.To - time.From } };
        _lastClose = time.To;
        _draft = default;
    }
}
