using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>
/// Candles of every interval for every symbol of one core, made from its trades and, before its start, from history. Every member is called
/// inside <see cref="ExchangeCore.Gate"/>.
/// </summary>
public sealed class CandleStore : IExchangeListener
{
    private readonly ExchangeCore _core;
    private readonly CandleStoreOptions _options;
    private readonly Dictionary<string, SymbolCandles> _symbols = [];

    /// <summary>A store that hears a core's trades from now on.</summary>
    public CandleStore(ExchangeCore core, CandleStoreOptions options)
    {
        _core = core;
        _options = options;
        core.Subscribe(this);
    }

    /// <summary>
    /// Raised by <see cref="Cut"/>: symbol, interval, candle, whether it is closed. A growing candle comes at most every two seconds and only when
    /// it changed; a closed one always, also without trades.
    /// </summary>
    public event Action<string, CandleInterval, Candle, bool>? CandleUpdated;

    /// <inheritdoc/>
    public void OnTrade(ListedInstrument instrument, PublicTrade trade)
    {
        decimal quote = trade.Price * trade.Quantity;
        Candle piece = new()
        {
            OpenTime = trade.Time,
            CloseTime = trade.Time,
            Open = trade.Price,
            High = trade.Price,
            Low = trade.Price,
            Close = trade.Price,
            Volume = trade.Quantity,
            QuoteVolume = quote,
            TakerBuyVolume = trade.IsSell ? 0 : trade.Quantity,
            TakerBuyQuoteVolume = trade.IsSell ? 0 : quote,
            TradeCount = 1,
            FirstTradeId = trade.Id,
            LastTradeId = trade.Id,
        };
        Of(instrument.Symbol).Add(piece, CandleInterval.Second);
    }

    /// <summary>
    /// Adds history from before the exchange's start. Coarse pieces first, each piece after the one before: days, then the hours since the last
    /// day, then minutes, then seconds; longer candles take up the shorter ones that follow.
    /// </summary>
    /// <param name="symbol">Whose.</param>
    /// <param name="interval">Length of the pieces.</param>
    /// <param name="pieces">Oldest first.</param>
    public void Seed(string symbol, CandleInterval interval, IEnumerable<Candle> pieces)
    {
        SymbolCandles candles = Of(symbol);
        foreach (Candle piece in pieces)
        {
            candles.Add(piece, interval);
        }

        candles.ForgetNews();
    }

    /// <summary>Start of a symbol's made-up history; null when it has none.</summary>
    public Timestamp? Earliest(string symbol) => _symbols.GetValueOrDefault(symbol)?.Past?.From;

    internal void UsePast(string symbol, PastCandles past) => Of(symbol).Past = past;

    /// <summary>Ends the seeding: what closed until now is history, not news.</summary>
    public void EndSeeding()
    {
        Timestamp now = _core.Now;
        foreach (SymbolCandles candles in _symbols.Values)
        {
            candles.RollTo(now);
            candles.ForgetNews();
        }
    }

    /// <summary>Closes candles whose time is over and raises <see cref="CandleUpdated"/>; the host calls it after <see cref="ExchangeCore.Advance"/>.</summary>
    public void Cut()
    {
        Timestamp now = _core.Now;
        foreach ((string symbol, SymbolCandles candles) in _symbols)
        {
            candles.RollTo(now);
            candles.Announce(now, (interval, candle, isClosed) => CandleUpdated?.Invoke(symbol, interval, candle, isClosed));
        }
    }

    /// <summary>Candles oldest first, the growing one last; empty before a symbol's first trade.</summary>
    public IReadOnlyList<Candle> Candles(string symbol, CandleInterval interval, CandleRange range) =>
        Rolled(symbol) is { } candles ? candles.Query(interval, range) : [];

    /// <summary>The growing candle; null before a symbol's first trade.</summary>
    public Candle? Growing(string symbol, CandleInterval interval) => Rolled(symbol)?.Growing(interval);

    /// <summary>Average price of the last minutes, weighted by volume; without trades the last price, 0 before the first trade.</summary>
    /// <param name="symbol">Whose.</param>
    /// <param name="minutes">How many minutes, the growing one included.</param>
    public decimal AveragePrice(string symbol, int minutes)
    {
        decimal volume = 0;
        decimal quote = 0;
        decimal last = 0;
        foreach (Candle candle in Candles(symbol, CandleInterval.Minute, new CandleRange(null, null, minutes)))
        {
            volume += candle.Volume;
            quote += candle.QuoteVolume;
            last = candle.Close;
        }

        return volume > 0 ? quote / volume : last;
    }

    internal SymbolCandles? Rolled(string symbol)
    {
        SymbolCandles? candles = _symbols.GetValueOrDefault(symbol);
        candles?.RollTo(_core.Now);
        return candles;
    }

    private SymbolCandles Of(string symbol)
    {
        if (!_symbols.TryGetValue(symbol, out SymbolCandles? candles))
        {
            candles = new SymbolCandles(_options);
            _symbols.Add(symbol, candles);
        }

        return candles;
    }
}
