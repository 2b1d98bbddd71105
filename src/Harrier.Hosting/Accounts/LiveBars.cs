using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// Makes closed bars of the trades of a feed. A bar closes when a trade of a later one comes, or a moment after its end by the clock; a span without
/// trades makes no bar. The bar in which the feed began is left out, because its beginning was not seen, and none comes twice.
/// </summary>
public sealed class LiveBars
{
    // Trades come a little after they happened; who closes a bar at the instant of its end misses some of it.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly Instrument[] _instruments;
    private readonly BarBuilder[] _builders;
    private readonly long[] _notBefore;
    private readonly List<Bar> _closed = [];

    /// <summary>Makes bars of the instruments of an account.</summary>
    /// <param name="plan">Instruments and lengths.</param>
    /// <param name="begin">When the feed began: bars that open earlier are left out.</param>
    /// <param name="before">Bars of the account before it was made anew; those of instruments and lengths that stay go on.</param>
    public LiveBars(AccountPlan plan, Timestamp begin, LiveBars? before = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _instruments = [.. plan.Instruments];
        _builders = [.. _instruments.Select(instrument => BarBuilder.Create(instrument, plan.IntervalOf(instrument) with { Source = BarSource.Aggregated }))];
        _notBefore = new long[_instruments.Length];
        Array.Fill(_notBefore, begin.Nanos);
        for (int i = 0; i < (before?._builders.Length ?? 0); i++)
        {
            if (before!._builders[i].Spec == _builders[i].Spec)
            {
                (_builders[i], _notBefore[i]) = (before._builders[i], before._notBefore[i]);
            }
        }

        _closed.AddRange(before?._closed.Where(bar => bar.Spec == _builders[bar.Instrument.Index].Spec) ?? []);
    }

    /// <summary>Says that the bars of an instrument up to an instant are known: none that opens earlier comes.</summary>
    public void KnownUntil(InstrumentId instrument, Timestamp end) => _notBefore[instrument.Index] = Math.Max(_notBefore[instrument.Index], end.Nanos);

    /// <summary>Takes a trade.</summary>
    public void Add(in MarketEvent trade)
    {
        TradePrint print = TradePrint.Of(in trade, _instruments[trade.Instrument.Index]);
        Keep(_builders[trade.Instrument.Index].Update(in print));
    }

    /// <summary>The bars that are closed by now and were not taken yet, by close time, then instrument.</summary>
    /// <param name="now">The wall clock.</param>
    public IReadOnlyList<Bar> Take(Timestamp now)
    {
        foreach (BarBuilder builder in _builders)
        {
            Keep(builder.CloseUntil(now + -Grace));
        }

        return Take();
    }

    /// <summary>The bars that trades have closed and that were not taken yet, by close time, then instrument.</summary>
    public IReadOnlyList<Bar> Take()
    {
        if (_closed.Count == 0)
        {
            return [];
        }

        Bar[] taken = [.. _closed.OrderBy(static bar => bar.CloseTime.Nanos).ThenBy(static bar => bar.Instrument.Index)];
        _closed.Clear();
        return taken;
    }

    private void Keep(ReadOnlySpan<Bar> bars)
    {
        foreach (ref readonly Bar bar in bars)
        {
            if (bar.OpenTime.Nanos >= _notBefore[bar.Instrument.Index])
            {
                _closed.Add(bar);
                _notBefore[bar.Instrument.Index] = bar.CloseTime.Nanos;
            }
        }
    }
}
