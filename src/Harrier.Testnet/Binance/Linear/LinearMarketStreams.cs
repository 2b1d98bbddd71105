using System.Text.Json;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Sockets;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>
/// Pushes market data. Books and best prices go to the public streams, everything else to the market streams: a stream asked for on the wrong kind of
/// connection stays silent, as with the venue. Every member is called inside the exchange's gate.
/// </summary>
internal sealed class LinearMarketStreams : IExchangeListener, IDisposable
{
    private const int Seconds = 1000;
    private const string AutoClose = "autoclose-";

    private const int StandardSpeed = 250;
    private const int SlowSpeed = 500;

    private static readonly string[] _fastSpeeds = ["@0ms", "@100ms"];
    private static readonly string[] _depthSpeeds = ["", "@0ms", "@100ms", "@250ms", "@500ms"];
    private static readonly int[] _partialDepths = [5, 10, 20];

    private readonly MarketFacts _facts;
    private readonly ExchangeCore _core;
    private readonly StreamHub _public;
    private readonly StreamHub _market;
    private readonly JsonScratch _scratch = new();
    private readonly Names[] _names;
    private readonly LinearAggregate?[] _open;
    private readonly LinearDayText _days;
    private long _lastSecond;

    /// <summary>Streams of a market.</summary>
    public LinearMarketStreams(MarketFacts facts, StreamHub publicHub, StreamHub marketHub)
    {
        (_facts, _core, _public, _market) = (facts, facts.Core, publicHub, marketHub);
        _names = [.. _core.Listings.Select(l => new Names(l))];
        _open = new LinearAggregate?[_names.Length];
        _days = new LinearDayText(facts);
        facts.Candles.CandleUpdated += OnCandle;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _facts.Candles.CandleUpdated -= OnCandle;
        _scratch.Dispose();
    }

    /// <inheritdoc/>
    public void OnTrade(ListedInstrument instrument, PublicTrade trade)
    {
        Names names = _names[instrument.Index];
        if (_public.Find(names.Trade) is { HasReaders: true } topic)
        {
            Utf8JsonWriter json = Start("trade", instrument);
            json.WriteNumber("T"u8, trade.Time.UnixMilliseconds);
            json.WriteNumber("t"u8, trade.Id);
            json.WritePrice("p"u8, instrument, trade.Price);
            json.WriteQuantity("q"u8, instrument, trade.Quantity);
            json.WriteString("X"u8, "MARKET");
            json.WriteBoolean("m"u8, trade.IsSell);
            Publish(topic, json);
        }

        Aggregate(instrument, trade);
    }

    /// <inheritdoc/>
    public void OnDepth(ListedInstrument instrument, in DepthChange change)
    {
        bool isWritten = false;
        foreach (string name in _names[instrument.Index].Depths)
        {
            if (_public.Find(name) is { HasReaders: true } topic)
            {
                if (!isWritten)
                {
                    WriteDepth(instrument, change, change.Bids, change.Asks);
                    isWritten = true;
                }

                topic.Publish(_scratch.Text);
            }
        }

        foreach (SlowDepth slow in _names[instrument.Index].Slows)
        {
            if (_public.Find(slow.Name) is { HasReaders: true })
            {
                slow.Join.Add(change);
            }
        }

        foreach ((string name, int levels) in _names[instrument.Index].Partials)
        {
            if (_public.Find(name) is { HasReaders: true } topic)
            {
                DepthView view = _core.Depth(instrument.Symbol, levels);
                WriteDepth(instrument, change, view.Bids, view.Asks);
                topic.Publish(_scratch.Text);
            }
        }
    }

    /// <inheritdoc/>
    public void OnTop(ListedInstrument instrument, long updateId, in TopOfBook top)
    {
        StreamTopic? own = _public.Find(_names[instrument.Index].Best);
        StreamTopic? all = _public.Find("!bookTicker");
        if (own is not { HasReaders: true } && all is not { HasReaders: true })
        {
            return;
        }

        Utf8JsonWriter json = _scratch.Start();
        long now = _core.Now.UnixMilliseconds;
        json.WriteStartObject();
        json.WriteString("e"u8, "bookTicker");
        json.WriteNumber("u"u8, updateId);
        json.WriteString("s"u8, instrument.Symbol);
        json.WritePrice("b"u8, instrument, top.Bid);
        json.WriteQuantity("B"u8, instrument, top.BidQuantity);
        json.WritePrice("a"u8, instrument, top.Ask);
        json.WriteQuantity("A"u8, instrument, top.AskQuantity);
        json.WriteNumber("T"u8, now);
        json.WriteNumber("E"u8, now);
        json.WriteEndObject();
        own?.Publish(_scratch.Text);
        all?.Publish(_scratch.Text);
    }

    /// <inheritdoc/>
    public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
        if (fill is null || !order.OwnClientId.StartsWith(AutoClose, StringComparison.Ordinal))
        {
            return;
        }

        Utf8JsonWriter json = _scratch.Start();
        json.WriteStartObject();
        json.WriteString("e"u8, "forceOrder");
        json.WriteNumber("E"u8, _core.Now.UnixMilliseconds);
        json.WriteStartObject("o"u8);
        json.WriteString("s"u8, order.Instrument.Symbol);
        json.WriteString("S"u8, LinearWords.Side(order.Terms.IsSell));
        json.WriteString("o"u8, "LIMIT");
        json.WriteString("f"u8, "IOC");
        json.WriteQuantity("q"u8, order.Instrument, order.Quantity);
        json.WritePrice("p"u8, order.Instrument, fill.Price);
        json.WritePlain("ap"u8, decimal.Round(order.AveragePrice, InstrumentNumbers.MoneyDigits));
        json.WriteString("X"u8, LinearWords.Status(order));
        json.WriteQuantity("l"u8, order.Instrument, fill.Quantity);
        json.WriteQuantity("z"u8, order.Instrument, order.Executed);
        json.WriteNumber("T"u8, fill.Time.UnixMilliseconds);
        json.WriteEndObject();
        json.WriteEndObject();
        _market.Find(_names[order.Instrument.Index].Liquidation)?.Publish(_scratch.Text);
        _market.Find("!forceOrder@arr")?.Publish(_scratch.Text);
    }

    /// <summary>Pushes what has a rhythm of its own: joined books, rolling days each second, marks each second or every three.</summary>
    public void Tick()
    {
        long now = _core.Now.UnixMilliseconds;
        foreach (ListedInstrument instrument in _core.Listings)
        {
            foreach (SlowDepth slow in _names[instrument.Index].Slows)
            {
                if (slow.IsDue(now) && slow.Join.Take() is { } change && _public.Find(slow.Name) is { HasReaders: true } topic)
                {
                    WriteDepth(instrument, change, change.Bids, change.Asks);
                    topic.Publish(_scratch.Text);
                }
            }
        }

        long second = now / Seconds;
        if (second == _lastSecond)
        {
            return;
        }

        bool isThird = second / 3 != _lastSecond / 3;
        _lastSecond = second;
        foreach (ListedInstrument instrument in _core.Listings)
        {
            Names names = _names[instrument.Index];
            PublishOne(names.Day, instrument, _days.WriteDay);
            PublishOne(names.Mini, instrument, _days.WriteMini);
            PublishOne(names.MarkEachSecond, instrument, WriteMark);
            if (isThird)
            {
                PublishOne(names.Mark, instrument, WriteMark);
            }
        }

        PublishAll("!ticker@arr", _days.WriteDay);
        PublishAll("!miniTicker@arr", _days.WriteMini);
        PublishAll("!markPrice@arr@1s", WriteMark);
        if (isThird)
        {
            PublishAll("!markPrice@arr", WriteMark);
        }
    }

    private void Aggregate(ListedInstrument instrument, PublicTrade trade)
    {
        LinearAggregate aggregate = _open[instrument.Index] is { } open && open.Id == trade.AggregateId
            ? open.With(trade)
            : new LinearAggregate(trade.AggregateId, trade.Price, 0, trade.FirstId, trade.LastId).With(trade);
        if (trade.Id < trade.LastId)
        {
            _open[instrument.Index] = aggregate;
            return;
        }

        _open[instrument.Index] = null;
        if (_market.Find(_names[instrument.Index].Aggregate) is { HasReaders: true } topic)
        {
            Utf8JsonWriter json = Start("aggTrade", instrument);
            aggregate.WriteMembers(json, instrument);
            Publish(topic, json);
        }
    }

    private void OnCandle(string symbol, CandleInterval interval, Candle candle, bool isClosed)
    {
        if (_core.Find(symbol) is not { } instrument || _market.Find(_names[instrument.Index].Candles[interval.Index]) is not { HasReaders: true } topic)
        {
            return;
        }

        Utf8JsonWriter json = Start("kline", instrument);
        json.WriteStartObject("k"u8);
        json.WriteNumber("t"u8, candle.OpenTime.UnixMilliseconds);
        json.WriteNumber("T"u8, candle.CloseTime.UnixMilliseconds);
        json.WriteString("s"u8, instrument.Symbol);
        json.WriteString("i"u8, interval.Name);
        json.WriteNumber("f"u8, candle.FirstTradeId);
        json.WriteNumber("L"u8, candle.LastTradeId);
        json.WritePrice("o"u8, instrument, candle.Open);
        json.WritePrice("c"u8, instrument, candle.Close);
        json.WritePrice("h"u8, instrument, candle.High);
        json.WritePrice("l"u8, instrument, candle.Low);
        json.WriteQuantity("v"u8, instrument, candle.Volume);
        json.WriteNumber("n"u8, candle.TradeCount);
        json.WriteBoolean("x"u8, isClosed);
        json.WriteMoney("q"u8, candle.QuoteVolume);
        json.WriteQuantity("V"u8, instrument, candle.TakerBuyVolume);
        json.WriteMoney("Q"u8, candle.TakerBuyQuoteVolume);
        json.WriteString("B"u8, "0");
        json.WriteEndObject();
        Publish(topic, json);
    }

    private void WriteDepth(ListedInstrument instrument, in DepthChange change, IReadOnlyList<DepthLevel> bids, IReadOnlyList<DepthLevel> asks)
    {
        Utf8JsonWriter json = _scratch.Start();
        json.WriteStartObject();
        json.WriteString("e"u8, "depthUpdate");
        json.WriteNumber("E"u8, _core.Now.UnixMilliseconds);
        json.WriteNumber("T"u8, change.Time.UnixMilliseconds);
        json.WriteString("s"u8, instrument.Symbol);
        json.WriteNumber("U"u8, change.FirstId);
        json.WriteNumber("u"u8, change.FinalId);
        json.WriteNumber("pu"u8, change.PreviousFinalId);
        json.WriteLevels("b"u8, instrument, bids);
        json.WriteLevels("a"u8, instrument, asks);
        json.WriteEndObject();
    }

    private void WriteMark(Utf8JsonWriter json, ListedInstrument instrument)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "markPriceUpdate");
        json.WriteNumber("E"u8, _core.Now.UnixMilliseconds);
        json.WriteString("s"u8, instrument.Symbol);
        json.WriteMoney("p"u8, instrument.MarkPrice);
        json.WriteMoney("ap"u8, instrument.MarkPrice);
        json.WriteMoney("P"u8, instrument.IndexPrice);
        json.WriteMoney("i"u8, instrument.IndexPrice);
        json.WriteMoney("r"u8, instrument.FundingRate);
        json.WriteNumber("T"u8, instrument.NextFunding.UnixMilliseconds);
        json.WriteEndObject();
    }

    private Utf8JsonWriter Start(string kind, ListedInstrument instrument)
    {
        Utf8JsonWriter json = _scratch.Start();
        json.WriteStartObject();
        json.WriteString("e"u8, kind);
        json.WriteNumber("E"u8, _core.Now.UnixMilliseconds);
        json.WriteString("s"u8, instrument.Symbol);
        return json;
    }

    private void Publish(StreamTopic topic, Utf8JsonWriter json)
    {
        json.WriteEndObject();
        topic.Publish(_scratch.Text);
    }

    private void PublishOne(string name, ListedInstrument instrument, Action<Utf8JsonWriter, ListedInstrument> write)
    {
        if (_market.Find(name) is { HasReaders: true } topic)
        {
            write(_scratch.Start(), instrument);
            topic.Publish(_scratch.Text);
        }
    }

    private void PublishAll(string name, Action<Utf8JsonWriter, ListedInstrument> write)
    {
        if (_market.Find(name) is { HasReaders: true } topic)
        {
            Utf8JsonWriter json = _scratch.Start();
            json.WriteStartArray();
            foreach (ListedInstrument instrument in _core.Listings)
            {
                write(json, instrument);
            }

            json.WriteEndArray();
            topic.Publish(_scratch.Text);
        }
    }

    /// <summary>A stream of a book that is cut less often than the book itself.</summary>
    private sealed class SlowDepth(string name, int milliseconds)
    {
        private long _lastCut;

        public string Name { get; } = name;

        public DepthJoin Join { get; } = new();

        public bool IsDue(long now)
        {
            long cut = now / milliseconds;
            (bool isDue, _lastCut) = (cut != _lastCut, cut);
            return isDue;
        }
    }

    /// <summary>Names of a contract's streams, made once.</summary>
    private sealed class Names(ListedInstrument instrument)
    {
        private readonly string _symbol = Lower(instrument);

        public string Trade => field ??= _symbol + "@trade";

        public string Aggregate => field ??= _symbol + "@aggTrade";

        public string Best => field ??= _symbol + "@bookTicker";

        public string Day => field ??= _symbol + "@ticker";

        public string Mini => field ??= _symbol + "@miniTicker";

        public string Mark => field ??= _symbol + "@markPrice";

        public string MarkEachSecond => field ??= _symbol + "@markPrice@1s";

        public string Liquidation => field ??= _symbol + "@forceOrder";

        public string[] Depths { get; } = [.. _fastSpeeds.Select(s => $"{Lower(instrument)}@depth{s}")];

        public SlowDepth[] Slows { get; } =
        [
            new($"{Lower(instrument)}@depth", StandardSpeed),
            new($"{Lower(instrument)}@depth@250ms", StandardSpeed),
            new($"{Lower(instrument)}@depth@500ms", SlowSpeed),
        ];

        public (string Name, int Levels)[] Partials { get; } =
            [.. _partialDepths.SelectMany(d => _depthSpeeds.Select(s => ($"{Lower(instrument)}@depth{d}{s}", d)))];

        public string[] Candles { get; } = [.. CandleInterval.All.Select(i => $"{Lower(instrument)}@kline_{i.Name}")];

        // Stream names are lower case.
#pragma warning disable CA1308
        private static string Lower(ListedInstrument instrument) => instrument.Symbol.ToLowerInvariant();
#pragma warning restore CA1308
    }
}
