using System.Text.Json;
using Harrier.Testnet.Bybit.Market;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Sockets;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Bybit.Streams;

/// <summary>Pushes what is public of a market: books, trades, tickers, candles, liquidations. Every member is called inside the exchange's gate.</summary>
internal sealed class BybitPublicStreams : IExchangeListener, IBybitTopics, IDisposable
{
    private const string Trades = "publicTrade.";
    private const string Tickers = "tickers.";
    private const string Candles = "kline.";
    private const string Liquidations = "allLiquidation.";

    private readonly BybitMarket _market;
    private readonly StreamHub _hub;
    private readonly JsonScratch _scratch = new();
    private readonly List<PublicTrade>[] _trades;
    private readonly List<(string Name, string Text)>[] _tickers;

    /// <summary>Streams of a market.</summary>
    public BybitPublicStreams(BybitMarket market, StreamHub hub)
    {
        (_market, _hub) = (market, hub);
        Books = new BybitBooks(market, hub);
        _trades = [.. market.Core.Listings.Select(_ => new List<PublicTrade>())];
        _tickers = [.. market.Core.Listings.Select(_ => new List<(string, string)>())];
        market.Facts.Candles.CandleUpdated += OnCandle;
    }

    /// <summary>The books among them.</summary>
    public BybitBooks Books { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _market.Facts.Candles.CandleUpdated -= OnCandle;
        Books.Dispose();
        _scratch.Dispose();
    }

    /// <inheritdoc/>
    public bool Knows(string topic)
    {
        string symbol = topic[(topic.LastIndexOf('.') + 1)..];
        return Books.Knows(topic) || (_market.Find(symbol) is not null && (topic == Trades + symbol || topic == Tickers + symbol
            || (topic == Liquidations + symbol && !_market.IsSpot)
            || (topic.StartsWith(Candles, StringComparison.Ordinal) && topic.Split('.') is [_, string interval, _] && BybitIntervals.Find(interval) is not null)));
    }

    /// <inheritdoc/>
    public void Greet(StreamClient client, string topic)
    {
        if (Books.TryGreet(client, topic) || !topic.StartsWith(Tickers, StringComparison.Ordinal) || _market.Find(topic[Tickers.Length..]) is not { } instrument)
        {
            return;
        }

        // Those who read already have the same, or will have it by their next change.
        List<(string Name, string Text)> fields = _hub.Find(topic) is { HasReaders: true } && _tickers[instrument.Index].Count > 0
            ? _tickers[instrument.Index]
            : BybitTicker.Of(_market, instrument, isStream: true);
        _tickers[instrument.Index] = fields;
        WriteTicker(topic, "snapshot", fields, instrument);
        client.PushText(topic, _scratch.Text);
    }

    /// <inheritdoc/>
    public void OnTop(ListedInstrument instrument, long updateId, in TopOfBook top)
    {
        FlushTrades(instrument);
        Books.OnTop(instrument, updateId, top);
    }

    /// <inheritdoc/>
    public void OnDepth(ListedInstrument instrument, in DepthChange change) => Books.OnDepth(instrument, change);

    /// <inheritdoc/>
    public void OnTrade(ListedInstrument instrument, PublicTrade trade)
    {
        if (_hub.Find(Trades + instrument.Symbol) is { HasReaders: true })
        {
            _trades[instrument.Index].Add(trade);
        }
    }

    /// <inheritdoc/>
    public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
        if (fill is null || !order.IsLiquidation || _hub.Find(Liquidations + order.Instrument.Symbol) is not { HasReaders: true } stream)
        {
            return;
        }

        Utf8JsonWriter json = Start(stream.Name, "snapshot");
        json.WriteStartArray("data"u8);
        json.WriteStartObject();
        json.WriteNumber("T"u8, fill.Time.UnixMilliseconds);
        json.WriteString("s"u8, order.Instrument.Symbol);

        // The side of the position: a long one is told as Buy.
        json.WriteString("S"u8, order.Terms.IsSell ? "Buy" : "Sell");
        json.WriteQuantity("v"u8, order.Instrument, fill.Quantity);
        json.WritePrice("p"u8, order.Instrument, fill.Price);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        stream.Publish(_scratch.Text);
    }

    /// <summary>Pushes what has a rhythm of its own.</summary>
    public void Tick()
    {
        Books.Tick();
        foreach (ListedInstrument instrument in _market.Core.Listings)
        {
            FlushTrades(instrument);
            TellTicker(instrument);
        }
    }

    private void FlushTrades(ListedInstrument instrument)
    {
        List<PublicTrade> trades = _trades[instrument.Index];
        if (trades.Count == 0)
        {
            return;
        }

        StreamTopic stream = _hub.Topic(Trades + instrument.Symbol);
        Utf8JsonWriter json = Start(stream.Name, "snapshot");
        json.WriteStartArray("data"u8);
        foreach (PublicTrade trade in trades)
        {
            json.WriteStartObject();
            json.WriteNumber("T"u8, trade.Time.UnixMilliseconds);
            json.WriteString("s"u8, instrument.Symbol);
            json.WriteString("S"u8, trade.IsSell ? "Sell" : "Buy");
            json.WriteQuantity("v"u8, instrument, trade.Quantity);
            json.WritePrice("p"u8, instrument, trade.Price);
            if (!_market.IsSpot)
            {
                json.WriteString("L"u8, "ZeroPlusTick");
            }

            json.WriteString("i"u8, _market.Ids.OfTrade(instrument, trade.Id));
            json.WriteBoolean("BT"u8, false);
            json.WriteBoolean("RPI"u8, false);
            json.WriteNumber("seq"u8, trade.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        trades.Clear();
        stream.Publish(_scratch.Text);
    }

    private void TellTicker(ListedInstrument instrument)
    {
        if (_hub.Find(Tickers + instrument.Symbol) is not { HasReaders: true } stream)
        {
            return;
        }

        List<(string Name, string Text)> fields = BybitTicker.Of(_market, instrument, isStream: true);
        List<(string Name, string Text)> changed = [.. fields.Except(_tickers[instrument.Index])];
        if (changed.Count == 0)
        {
            return;
        }

        _tickers[instrument.Index] = fields;
        if (_market.IsSpot)
        {
            WriteTicker(stream.Name, "snapshot", fields, instrument);
        }
        else
        {
            WriteTicker(stream.Name, "delta", [("symbol", instrument.Symbol), .. changed], instrument);
        }

        stream.Publish(_scratch.Text);
    }

    private void WriteTicker(string topic, string type, List<(string Name, string Text)> fields, ListedInstrument instrument)
    {
        Utf8JsonWriter json = Start(topic, type);
        json.WriteNumber("cs"u8, instrument.LastUpdateId);
        json.WriteStartObject("data"u8);
        foreach ((string name, string text) in fields)
        {
            json.WriteString(name, text);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void OnCandle(string symbol, CandleInterval interval, Candle candle, bool isClosed)
    {
        if (BybitIntervals.NameOf(interval) is not { } name || _market.Core.Find(symbol) is not { } instrument
            || _hub.Find(Candles + name + "." + symbol) is not { HasReaders: true } stream)
        {
            return;
        }

        Utf8JsonWriter json = Start(stream.Name, "snapshot");
        json.WriteStartArray("data"u8);
        json.WriteStartObject();
        json.WriteNumber("start"u8, candle.OpenTime.UnixMilliseconds);
        json.WriteNumber("end"u8, candle.CloseTime.UnixMilliseconds);
        json.WriteString("interval"u8, name);
        json.WritePrice("open"u8, instrument, candle.Open);
        json.WritePrice("close"u8, instrument, candle.Close);
        json.WritePrice("high"u8, instrument, candle.High);
        json.WritePrice("low"u8, instrument, candle.Low);
        json.WriteQuantity("volume"u8, instrument, candle.Volume);
        json.WriteMoney("turnover"u8, candle.QuoteVolume);
        json.WriteBoolean("confirm"u8, isClosed);
        json.WriteNumber("timestamp"u8, Math.Min(candle.CloseTime.UnixMilliseconds, _market.Core.Now.UnixMilliseconds));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        stream.Publish(_scratch.Text);
    }

    private Utf8JsonWriter Start(string topic, string type)
    {
        Utf8JsonWriter json = _scratch.Start();
        json.WriteStartObject();
        json.WriteString("topic"u8, topic);
        json.WriteString("type"u8, type);
        json.WriteNumber("ts"u8, _market.Core.Now.UnixMilliseconds);
        return json;
    }
}
