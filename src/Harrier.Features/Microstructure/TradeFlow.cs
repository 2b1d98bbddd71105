using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>
/// The tape of one instrument: trades a minute and a second, ratio and delta of taker buys and sells, cumulative delta, distribution of sizes,
/// latency. A window of W seconds holds the trades with time >= now - W, an age of exactly W included. Trades count at the time at which they
/// happened, in whatever order they come; one that claims to come from the future counts when it came. A trade with the time and id of one
/// before is left out, as is one older than 300 seconds when it arrives. Reading changes nothing, and without trades all windows run empty.
/// </summary>
/// <param name="instrument">Whose trades.</param>
public sealed class TradeFlow(Instrument instrument) : ITradeFeature
{
    private const double LatencyWeight = 1.0 / 16;
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    private readonly TradeTape _tape = new();
    private readonly LogHistogram _sizes = new();
    private readonly LogHistogram _latencies = new();
    private Timestamp _now;
    private long _sessionDay;
    private long _sessionLots;
    private long _cumulativeLots;
    private double _latencyNanos;

    /// <summary>The longest window: 300 seconds.</summary>
    public static TimeSpan LongestWindow { get; } = TimeSpan.FromSeconds(300);

    /// <summary>Trades counted so far.</summary>
    public long Trades { get; private set; }

    /// <summary>Trades left out because they were older than the longest window when they came.</summary>
    public long LateTrades { get; private set; }

    /// <summary>Trades left out because they had come before.</summary>
    public long RepeatedTrades { get; private set; }

    /// <inheritdoc/>
    public void OnTrade(in MarketEvent trade)
    {
        _now = trade.ReceivedTime > _now ? trade.ReceivedTime : _now;
        Timestamp time = trade.ExchangeTime < _now ? trade.ExchangeTime : _now;
        Timestamp oldest = new(_now.Nanos - (LongestWindow.Ticks * 100));
        while (_tape.Count > 0 && _tape[0].TimeNanos < oldest.Nanos)
        {
            _sizes.Remove(Math.Abs(_tape[0].SignedLots));
            _latencies.Remove(_tape[0].LatencyNanos);
            _tape.RemoveFirst();
        }

        if (time < oldest)
        {
            LateTrades++;
            return;
        }

        long signed = trade.IsSell ? -trade.Size.Value : trade.Size.Value;
        long latency = Math.Max(0, _now.Nanos - trade.ExchangeTime.Nanos);
        if (_tape.Add(time, trade.TradeId, signed, latency))
        {
            Count(time, signed, latency);
        }
        else
        {
            RepeatedTrades++;
        }
    }

    /// <summary>All windows at an instant.</summary>
    /// <param name="now">Not before the last trade's arrival, which is taken instead of an earlier one.</param>
    public TradeFlowReading At(Timestamp now)
    {
        int first10 = First(TenSeconds, now);
        int first60 = First(Minute, now);
        TapeSums ten = _tape.SumsFrom(first10);
        TapeSums sixty = _tape.SumsFrom(first60);
        TapeSums most = _tape.SumsFrom(First(LongestWindow, now));
        int count10 = _tape.Count - first10;
        int count60 = _tape.Count - first60;
        return new TradeFlowReading
        {
            TradesPerMinute10s = count10 * 6,
            TradesPerMinute60s = count60,
            TradesPerSecond10s = count10 / 10.0,
            BuySellRatio60s = Ratio(sixty.Buys, count60 - sixty.Buys),
            BuySellVolumeRatio60s = Ratio((sixty.Lots + sixty.SignedLots) / 2, (sixty.Lots - sixty.SignedLots) / 2),
            VolumeDelta10s = Volume(ten.SignedLots),
            VolumeDelta60s = Volume(sixty.SignedLots),
            VolumeDelta300s = Volume(most.SignedLots),
            Volume60s = Volume(sixty.Lots),
            SessionDelta = Clock(now).UtcDay == _sessionDay ? Volume(_sessionLots) : 0,
            CumulativeDelta = Volume(_cumulativeLots),
        };
    }

    /// <summary>How many trades happened in a window that ends now.</summary>
    /// <param name="window">Up to <see cref="LongestWindow"/>.</param>
    /// <param name="now">As for <see cref="At"/>.</param>
    public int TradeCount(TimeSpan window, Timestamp now) => _tape.Count - First(window, now);

    /// <summary>
    /// The size in base currency that a share of the trades of the last 300 seconds does not exceed, from buckets of a sixteenth of an octave:
    /// the true one is at most 1/32 away.
    /// </summary>
    /// <param name="quantile">0 to 1; 0.5 is the median.</param>
    /// <param name="now">As for <see cref="At"/>.</param>
    /// <returns>Null without trades.</returns>
    public double? SizeQuantile(double quantile, Timestamp now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        return _sizes.Quantile(quantile, new LogHistogram.LeftOut(_tape, First(LongestWindow, now), OfLatency: false)) * instrument.ToDouble(new SizeLots(1));
    }

    /// <summary>How long trades took to come.</summary>
    /// <param name="now">As for <see cref="At"/>.</param>
    /// <returns>Null when none came for 300 seconds.</returns>
    public TradeLatency? Latency(Timestamp now)
    {
        LogHistogram.LeftOut left = new(_tape, First(LongestWindow, now), OfLatency: true);
        return _latencies.Quantile(0.5, left) is { } median && _latencies.Quantile(0.99, left) is { } most
            ? new TradeLatency(Span(_latencyNanos), Span(median), Span(most))
            : null;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_now);
        writer.Write(_sessionDay);
        writer.Write(_sessionLots);
        writer.Write(_cumulativeLots);
        writer.Write(_latencyNanos);
        writer.Write(Trades);
        writer.Write(LateTrades);
        writer.Write(RepeatedTrades);
        writer.Write(_tape);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _now = reader.ReadTimestamp();
        _sessionDay = reader.ReadInt64();
        _sessionLots = reader.ReadInt64();
        _cumulativeLots = reader.ReadInt64();
        _latencyNanos = reader.ReadDouble();
        Trades = reader.ReadInt64();
        LateTrades = reader.ReadInt64();
        RepeatedTrades = reader.ReadInt64();
        reader.Read(_tape);
        _sizes.Clear();
        _latencies.Clear();
        for (int i = 0; i < _tape.Count; i++)
        {
            _sizes.Add(Math.Abs(_tape[i].SignedLots));
            _latencies.Add(_tape[i].LatencyNanos);
        }
    }

    private static double Ratio(long buys, long sells) => sells > 0 ? (double)buys / sells : buys > 0 ? 1 : 0;

    private static TimeSpan Span(double nanos) => new((long)(nanos / 100));

    private void Count(Timestamp time, long signed, long latency)
    {
        _sizes.Add(Math.Abs(signed));
        _latencies.Add(latency);
        _latencyNanos = Trades == 0 ? latency : _latencyNanos + ((latency - _latencyNanos) * LatencyWeight);
        _cumulativeLots += signed;
        long day = time.UtcDay;
        if (day > _sessionDay)
        {
            _sessionDay = day;
            _sessionLots = 0;
        }

        _sessionLots += day == _sessionDay ? signed : 0;
        Trades++;
    }

    private Timestamp Clock(Timestamp now) => now > _now ? now : _now;

    private int First(TimeSpan window, Timestamp now) => _tape.CountBefore(new Timestamp(Clock(now).Nanos - (window.Ticks * 100)));

    private double Volume(long lots) => instrument.ToDouble(new SizeLots(lots));
}
