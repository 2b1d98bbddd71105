using Harrier.Domain;
using Harrier.Features.Microstructure;

namespace Harrier.Features.OrderFlow;

/// <summary>
/// The delta of each closed bar with its label, and its sums. The best source that is there is taken: the tape when it saw the whole bar, else the
/// venue's taker-buy volume, else the estimate.
/// </summary>
/// <param name="settings">How deltas are found; default: as in <see cref="DeltaSettings"/>.</param>
public sealed class BarDeltas(DeltaSettings? settings = null) : IBarFeature, ITradeFeature
{
    private readonly DeltaSettings _settings = settings ?? new DeltaSettings();
    private readonly TapeBuckets _tape = new();
    private double _lastClose = double.NaN;
    private long _session = long.MinValue;
    private int _count;
    private BarDelta _last;

    /// <summary>The newest bar's delta; without a bar all 0.</summary>
    public BarDelta Last => _last;

    /// <summary>Bars seen.</summary>
    public int Count => _count;

    /// <summary>Sum of the deltas since the first bar, in base currency.</summary>
    public double Cumulative { get; private set; }

    /// <summary>Sum of the deltas of the session that the newest bar opened in, in base currency.</summary>
    public double Session { get; private set; }

    /// <summary>A trade reached us, in any order; those of a bar that closed already come too late and are left out.</summary>
    /// <param name="trade">An event of the kind <see cref="MarketEventKind.Trade"/>.</param>
    public void OnTrade(in MarketEvent trade)
    {
        if (_settings.Bars is { } bars)
        {
            _tape.Add(bars.BucketStart(trade.ExchangeTime), trade.Size.Value, trade.IsSell);
        }
    }

    /// <inheritdoc/>
    public void OnBar(in ClosedBar bar)
    {
        (double delta, DeltaSource source) = DeltaOf(in bar);
        _last = new BarDelta(delta, bar.Volume, bar.CloseTime, _count, source);
        _count++;
        _lastClose = bar.Close;
        long session = _settings.SessionOf(bar.OpenTime);
        Session = session == _session ? Session + delta : delta;
        _session = session;
        Cumulative += delta;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_tape);
        writer.Write(_lastClose);
        writer.Write(_session);
        writer.Write(_count);
        writer.WriteRaw(in _last);
        writer.Write(Cumulative);
        writer.Write(Session);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_tape);
        _lastClose = reader.ReadDouble();
        _session = reader.ReadInt64();
        _count = reader.ReadInt32();
        _last = reader.ReadRaw<BarDelta>();
        Cumulative = reader.ReadDouble();
        Session = reader.ReadDouble();
    }

    private (double Delta, DeltaSource Source) DeltaOf(in ClosedBar bar)
    {
        if (_settings.Bars is not null && _tape.TryClose(bar.OpenTime, out long buys, out long sells)
            && Math.Abs(((buys + sells) * _settings.LotSize) - bar.Volume) <= _settings.TapeTolerance * bar.Volume)
        {
            return ((buys - sells) * _settings.LotSize, DeltaSource.Tape);
        }

        return double.IsNaN(bar.TakerBuyVolume)
            ? (DeltaEstimate.Of(bar.Values, _lastClose, _settings.RangeGuard), DeltaSource.BarEstimate)
            : ((2 * bar.TakerBuyVolume) - bar.Volume, DeltaSource.TakerBuyVolume);
    }
}
