using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>
/// The candles of one symbol. The growing candle is kept for every interval; closed ones only for seconds, minutes, hours and days, from which
/// all other intervals are put together when asked for: a quarter of the memory, and no two intervals can disagree.
/// </summary>
internal sealed class SymbolCandles
{
    private static readonly CandleInterval[] Kept = [CandleInterval.Second, CandleInterval.Minute, CandleInterval.Hour, CandleInterval.Day];
    private readonly OpenCandle?[] _open = new OpenCandle?[CandleInterval.All.Count];
    private readonly CandleRing?[] _rings = new CandleRing?[CandleInterval.All.Count];
    private readonly List<(CandleInterval Interval, Candle Candle)> _closed = [];

    /// <summary>A symbol without any candle.</summary>
    public SymbolCandles(CandleStoreOptions options)
    {
        foreach (CandleInterval interval in Kept)
        {
            _rings[interval.Index] = new CandleRing(options.Capacity(interval));
        }
    }

    /// <summary>What was before the first candle that is held; null when nothing was.</summary>
    public PastCandles? Past { get; set; }

    /// <summary>Closed minutes.</summary>
    public CandleRing Minutes => _rings[CandleInterval.Minute.Index]!;

    /// <summary>Adds a piece of time: a trade, or a closed candle of history.</summary>
    /// <param name="piece">Not before any piece added earlier.</param>
    /// <param name="interval">Length of the piece: only candles at least as long take it up.</param>
    public void Add(in Candle piece, CandleInterval interval)
    {
        for (int i = interval.Index; i < _open.Length; i++)
        {
            OpenCandle? open = _open[i];
            if (open is null)
            {
                open = _open[i] = new OpenCandle(CandleInterval.All[i], piece.OpenTime, piece.Open);
            }
            else if (open.Next <= piece.OpenTime)
            {
                Roll(open, i, piece.OpenTime);
            }

            open.Add(piece);
        }
    }

    /// <summary>Closes what ends at or before a time, with flat candles where nothing was traded.</summary>
    public void RollTo(Timestamp time)
    {
        for (int i = 0; i < _open.Length; i++)
        {
            if (_open[i] is { } open && open.Next <= time)
            {
                Roll(open, i, time);
            }
        }
    }

    /// <summary>Forgets the candles closed so far without announcing them: history is not news.</summary>
    public void ForgetNews()
    {
        _closed.Clear();
        foreach (OpenCandle? open in _open)
        {
            open?.IsChanged = false;
        }
    }

    /// <summary>Tells what closed since the last call, and which growing candles changed, at most as often as the venue does.</summary>
    /// <param name="now">The venue's time.</param>
    /// <param name="announce">Interval, candle, whether it is closed.</param>
    public void Announce(Timestamp now, Action<CandleInterval, Candle, bool> announce)
    {
        foreach ((CandleInterval interval, Candle candle) in _closed)
        {
            announce(interval, candle, true);
        }

        _closed.Clear();
        for (int i = 0; i < _open.Length; i++)
        {
            // Seconds are told once a second, which is when they close; everything longer every two seconds while it changes.
            if (i > 0 && _open[i] is { IsChanged: true } open && now.Nanos - open.Announced >= 2 * Timestamp.NanosPerSecond)
            {
                open.IsChanged = false;
                open.Announced = now.Nanos;
                announce(CandleInterval.All[i], open.ToCandle(), false);
            }
        }
    }

    /// <summary>The growing candle of an interval; null before the first trade.</summary>
    public Candle? Growing(CandleInterval interval) => _open[interval.Index]?.ToCandle();

    /// <summary>Candles oldest first, the growing one last, that open inside a range.</summary>
    /// <param name="interval">Length of the candles.</param>
    /// <param name="range">What is asked for.</param>
    public List<Candle> Query(CandleInterval interval, in CandleRange range)
    {
        List<Candle> candles = [];
        if (_open[interval.Index] is not { } open || range.Limit <= 0)
        {
            return candles;
        }

        long end = range.End?.Nanos ?? long.MaxValue;
        long from = range.Start is { } start ? FirstOpening(interval, start) : Earliest(interval, Math.Min(end, open.Start.Nanos), range.Limit);
        Collect(interval, (from, Math.Min(end, open.Start.Nanos - 1), range.Start is null ? int.MaxValue : range.Limit), candles);
        if (open.Start.Nanos >= from && open.Start.Nanos <= end)
        {
            candles.Add(open.ToCandle());
        }

        if (candles.Count > range.Limit)
        {
            candles.RemoveRange(range.Start is null ? 0 : range.Limit, candles.Count - range.Limit);
        }

        return candles;
    }

    private static long FirstOpening(CandleInterval interval, Timestamp start)
    {
        Timestamp bucket = interval.Start(start);
        return bucket == start ? start.Nanos : interval.Next(bucket).Nanos;
    }

    // A little too early for months, whose excess is cut off later.
    private static long Earliest(CandleInterval interval, long end, int limit)
    {
        long length = interval.Nanos == 0 ? 31 * Timestamp.NanosPerDay : interval.Nanos;
        return end / length <= limit ? 0 : interval.Start(new Timestamp(end - ((limit - 1L) * length))).Nanos;
    }

    // What is held follows the past at once, unless the oldest of it were forgotten already: then the buckets on both sides of the hole are left out.
    private void Collect(CandleInterval interval, (long From, long To, int Limit) wanted, List<Candle> candles)
    {
        (CandleRing ring, CandleInterval piece) = SourceOf(interval);
        long held = ring.Count > 0 ? ring[0].OpenTime.Nanos : long.MaxValue;
        if (Past is not { From: not null } past || wanted.From >= held)
        {
            Collect(Held(ring, wanted.From), interval, wanted, candles);
            return;
        }

        IEnumerable<Candle> before = past.Between(piece, wanted.From, Math.Min(held, past.Until.Nanos));
        if (held <= past.Until.Nanos)
        {
            Collect(before.Concat(Held(ring, wanted.From)), interval, wanted, candles);
            return;
        }

        Collect(before, interval, wanted with { To = Math.Min(wanted.To, interval.Start(past.Until).Nanos - 1) }, candles);
        Collect(Held(ring, wanted.From), interval, wanted, candles);
    }

    private static void Collect(IEnumerable<Candle> pieces, CandleInterval interval, (long From, long To, int Limit) wanted, List<Candle> candles)
    {
        OpenCandle? merged = null;
        long from = long.MinValue;
        foreach (Candle piece in pieces)
        {
            // The first piece may be a later part of its bucket, of which the beginning is forgotten.
            if (from == long.MinValue)
            {
                Timestamp start = interval.Start(piece.OpenTime);
                from = start == piece.OpenTime ? start.Nanos : interval.Next(start).Nanos;
            }

            if (piece.OpenTime.Nanos < from)
            {
                continue;
            }

            if (merged is null || merged.Next <= piece.OpenTime)
            {
                if (merged is not null)
                {
                    candles.Add(merged.ToCandle());
                }

                merged = null;
                if (candles.Count >= wanted.Limit || interval.Start(piece.OpenTime).Nanos > wanted.To)
                {
                    return;
                }

                merged = new OpenCandle(interval, piece.OpenTime, piece.Open);
            }

            merged.Add(piece);
        }

        if (merged is not null)
        {
            candles.Add(merged.ToCandle());
        }
    }

    private static IEnumerable<Candle> Held(CandleRing ring, long from)
    {
        for (int i = ring.FirstAtOrAfter(from); i < ring.Count; i++)
        {
            yield return ring[i];
        }
    }

    private (CandleRing Ring, CandleInterval Piece) SourceOf(CandleInterval interval)
    {
        int index = interval.Index;
        while (_rings[index] is null)
        {
            index--;
        }

        return (_rings[index]!, CandleInterval.All[index]);
    }

    private void Roll(OpenCandle open, int index, Timestamp time)
    {
        CandleRing? ring = _rings[index];
        Close(open, index, ring);
        open.MoveTo(open.Next);
        if (open.Next <= time && ring is not null)
        {
            // After a long silence only as many flat candles as the ring can hold.
            long length = CandleInterval.All[index].Nanos;
            if ((time.Nanos - open.Next.Nanos) / length > ring.Capacity)
            {
                open.MoveTo(new Timestamp(time.Nanos - (ring.Capacity * length)));
            }

            while (open.Next <= time)
            {
                Close(open, index, ring);
                open.MoveTo(open.Next);
            }
        }
        else if (open.Next <= time)
        {
            open.MoveTo(time);
        }
    }

    private void Close(OpenCandle open, int index, CandleRing? ring)
    {
        Candle candle = open.ToCandle();
        ring?.Add(candle);
        _closed.Add((CandleInterval.All[index], candle));
    }
}
