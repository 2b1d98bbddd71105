using System.Runtime.InteropServices;
using Harrier.Domain;
using Harrier.Engine.Market;

namespace Harrier.Engine.Portfolio;

/// <summary>
/// What a bot is worth, kept as long as nothing changes of what it depends on. It is asked for with every trade, and few of many bots own what was traded; the value is the same
/// as one made anew, so that it is no state.
/// </summary>
internal sealed class BotValue
{
    private readonly List<InstrumentId> _traded = new(1);
    private readonly List<(InstrumentId Instrument, PriceTicks Mark)> _marks = new(2);
    private int _version = -1;

    /// <summary>The sum so far.</summary>
    public decimal Equity { get; private set; }

    /// <summary>Instruments in which the bot may have a position, ascending; in all others it is flat.</summary>
    public ReadOnlySpan<InstrumentId> Traded => CollectionsMarshal.AsSpan(_traded);

    /// <summary>True when the sum is one at the marks of now, and not of money alone.</summary>
    public bool DependsOnPrices => _marks.Count > 0;

    /// <summary>True while the sum is right.</summary>
    /// <param name="version">Of what the bot owns.</param>
    /// <param name="market">The marks now.</param>
    public bool IsCurrent(int version, MarketState market)
    {
        if (_version != version)
        {
            return false;
        }

        foreach ((InstrumentId instrument, PriceTicks mark) in CollectionsMarshal.AsSpan(_marks))
        {
            if (market.Mark(instrument) != mark)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Begins a new sum.</summary>
    public void Begin(int version)
    {
        (_version, Equity) = (version, 0);
        _marks.Clear();
    }

    /// <summary>The sum is that at the mark of now.</summary>
    public void DependOn(InstrumentId instrument, MarketState market) => _marks.Add((instrument, market.Mark(instrument)));

    /// <summary>Adds a part.</summary>
    public void Add(decimal part) => Equity += part;

    /// <summary>The position in an instrument is about to change.</summary>
    public void Touch(InstrumentId instrument)
    {
        _version = -1;
        int place = _traded.FindIndex(one => one.Index >= instrument.Index);
        if (place < 0)
        {
            _traded.Add(instrument);
        }
        else if (_traded[place] != instrument)
        {
            _traded.Insert(place, instrument);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _version = -1;
        _traded.Clear();
    }
}
