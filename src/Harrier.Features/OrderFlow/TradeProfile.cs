using Harrier.Domain;
using Harrier.Features.Indicators;
using Harrier.Features.Microstructure;

namespace Harrier.Features.OrderFlow;

/// <summary>How a profile of trades is made.</summary>
public sealed record TradeProfileSettings
{
    /// <summary>Ticks of one row.</summary>
    /// <value>1.</value>
    public long TicksPerRow { get; init; } = 1;

    /// <summary>Rows; when trades span more, rows double in height until they fit.</summary>
    /// <value>16384.</value>
    public int MaxRows { get; init; } = 16384;

    /// <summary>Time of day at which a session starts, in UTC; with it the profile begins anew.</summary>
    /// <value>Midnight.</value>
    public TimeSpan SessionStart { get; init; }
}

/// <summary>Volume by price of the session's trades, in whole ticks and lots. A trade that reaches us after its session ended is left out.</summary>
public sealed class TradeProfile : ITradeFeature
{
    private readonly TradeProfileSettings _settings;
    private readonly TradeRows _rows;
    private long _session = long.MinValue;

    /// <summary>Creates it, without trades.</summary>
    /// <param name="settings">How it is made; default: as in <see cref="TradeProfileSettings"/>.</param>
    /// <exception cref="IndicatorParameterException">A setting is out of range.</exception>
    public TradeProfile(TradeProfileSettings? settings = null)
    {
        _settings = settings ?? new TradeProfileSettings();
        IndicatorParameterException.RequirePositive(_settings.TicksPerRow);
        _rows = new TradeRows(_settings.TicksPerRow, IndicatorParameterException.RequirePeriod(_settings.MaxRows, 2));
    }

    /// <summary>The rows of the session so far, lowest first.</summary>
    public ReadOnlySpan<FootprintRow> Rows => _rows.Rows;

    /// <summary>The lowest price of the first of <see cref="Rows"/>.</summary>
    public PriceTicks LowestRow => new(_rows.Lowest * _rows.RowTicks);

    /// <summary>Ticks of one of <see cref="Rows"/>.</summary>
    public long RowTicks => _rows.RowTicks;

    /// <summary>Buys less sells of the session.</summary>
    public SizeLots Delta => new(_rows.Buys - _rows.Sells);

    /// <summary>A trade reached us.</summary>
    /// <param name="trade">An event of the kind <see cref="MarketEventKind.Trade"/>.</param>
    public void OnTrade(in MarketEvent trade)
    {
        long session = new Timestamp(trade.ExchangeTime.Nanos - (_settings.SessionStart.Ticks * 100)).UtcDay;
        if (session < _session)
        {
            return;
        }

        if (session > _session)
        {
            _rows.Clear();
            _session = session;
        }

        _rows.Add(trade.Price.Value, trade.Size.Value, trade.IsSell);
    }

    /// <summary>Point of control and value area as places in <see cref="Rows"/>.</summary>
    /// <param name="rule">How the area grows.</param>
    /// <param name="share">Part of the volume that it holds at least.</param>
    /// <returns>Null without a trade.</returns>
    public ValueArea? Area(ValueAreaRule rule = ValueAreaRule.TwoRow, double share = ValueArea.DefaultShare)
    {
        if (_rows.IsEmpty)
        {
            return null;
        }

        double[] volumes = new double[Rows.Length];
        for (int i = 0; i < volumes.Length; i++)
        {
            volumes[i] = Rows[i].Volume;
        }

        return ValueArea.Of(volumes, rule, share);
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_session);
        writer.Write(_rows);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _session = reader.ReadInt64();
        reader.Read(_rows);
    }
}
