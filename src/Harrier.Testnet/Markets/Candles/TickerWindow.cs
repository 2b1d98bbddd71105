using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>
/// The rolling 24 hours of every symbol of one core, from the minutes of a <see cref="CandleStore"/> and the last trade and best prices of the
/// core. Every member is called inside <see cref="ExchangeCore.Gate"/>.
/// </summary>
public sealed class TickerWindow : IExchangeListener
{
    private readonly ExchangeCore _core;
    private readonly CandleStore _candles;
    private readonly Dictionary<string, SymbolDay> _days = [];

    /// <summary>A window that hears a core from now on.</summary>
    public TickerWindow(ExchangeCore core, CandleStore candles)
    {
        _core = core;
        _candles = candles;
        core.Subscribe(this);
    }

    /// <inheritdoc/>
    public void OnTrade(ListedInstrument instrument, PublicTrade trade)
    {
        SymbolDay day = Of(instrument.Symbol);
        day.LastQuantity = trade.Quantity;
        day.LastId = trade.Id;
    }

    /// <inheritdoc/>
    public void OnTop(ListedInstrument instrument, long updateId, in TopOfBook top) => Of(instrument.Symbol).Top = top;

    /// <summary>The rolling day as of now; of a symbol that never traded the price it starts at, and zeros.</summary>
    public TickerView Ticker(string symbol)
    {
        SymbolDay day = Of(symbol);
        Timestamp now = _core.Now;
        Timestamp oldest = CandleInterval.Minute.Start(new Timestamp(now.Nanos - Timestamp.NanosPerDay));
        TickerView empty = new()
        {
            Symbol = symbol,
            LastPrice = _core.Find(symbol)?.LastPrice ?? 0,
            OpenTime = new Timestamp(now.Nanos - Timestamp.NanosPerDay),
            CloseTime = now,
            Bid = day.Top.Bid,
            BidQuantity = day.Top.BidQuantity,
            Ask = day.Top.Ask,
            AskQuantity = day.Top.AskQuantity,
            FirstTradeId = -1,
            LastTradeId = -1,
        };
        if (_candles.Rolled(symbol) is not { } candles || candles.Growing(CandleInterval.Minute) is not { } minute)
        {
            return empty;
        }

        day.Window.Update(candles.Minutes, oldest);
        return Fill(empty, day, minute);
    }

    private static TickerView Fill(TickerView empty, SymbolDay day, in Candle minute)
    {
        DayWindow window = day.Window;
        bool traded = minute.TradeCount > 0;
        long count = window.TradeCount + minute.TradeCount;
        decimal high = traded ? Math.Max(window.High, minute.High) : window.High;
        decimal low = !traded ? window.Low : window.Low == 0 ? minute.Low : Math.Min(window.Low, minute.Low);
        decimal open = window.Open ?? minute.Open;
        return empty with
        {
            LastPrice = minute.Close,
            LastQuantity = day.LastQuantity,
            PreviousClose = window.PreviousClose ?? open,
            Open = open,
            High = high == 0 ? minute.Close : high,
            Low = low == 0 ? minute.Close : low,
            Volume = window.Volume + minute.Volume,
            QuoteVolume = window.QuoteVolume + minute.QuoteVolume,
            TradeCount = count,

            // Ids count the trades of the exchange itself, which begins later than its history.
            FirstTradeId = day.LastId == 0 || count == 0 ? -1 : Math.Max(1, day.LastId - count + 1),
            LastTradeId = day.LastId == 0 || count == 0 ? -1 : day.LastId,
        };
    }

    private SymbolDay Of(string symbol)
    {
        if (!_days.TryGetValue(symbol, out SymbolDay? day))
        {
            day = new SymbolDay();
            _days.Add(symbol, day);
        }

        return day;
    }

    private sealed class SymbolDay
    {
        public DayWindow Window { get; } = new();

        public TopOfBook Top { get; set; }

        public decimal LastQuantity { get; set; }

        public long LastId { get; set; }
    }
}
