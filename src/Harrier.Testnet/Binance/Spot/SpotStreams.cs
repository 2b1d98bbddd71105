using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Sockets;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Pushes market data to its readers. A payload without readers is not written.</summary>
internal sealed class SpotStreams : IExchangeListener, IDisposable
{
    private const int StepsPerSecond = 10;

    private readonly MarketFacts _facts;
    private readonly StreamHub _hub;
    private readonly SpotSymbolStreams[] _symbols;
    private readonly StreamTopic _allMini;
    private readonly JsonScratch _scratch = new();
    private int _step;

    /// <summary>Listens from now on.</summary>
    public SpotStreams(SpotMarket market, StreamHub hub)
    {
        (_facts, _hub) = (market.Facts, hub);
        _symbols = [.. market.Core.Listings.Select(l => new SpotSymbolStreams(l, hub))];
        _allMini = hub.Topic("!miniTicker@arr");
        market.Core.Subscribe(this);
        market.Tape.Finished += OnAggregate;
        market.Facts.Candles.CandleUpdated += OnCandle;
    }

    /// <inheritdoc/>
    public void OnTrade(ListedInstrument instrument, PublicTrade trade)
    {
        SpotSymbolStreams streams = _symbols[instrument.Index];
        streams.HasTraded = true;
        if (streams.Trade.HasReaders)
        {
            SpotStreamText.WriteTrade(_scratch.Start(), instrument.Symbol, trade, Now());
            streams.Trade.Publish(_scratch.Text);
        }
    }

    /// <inheritdoc/>
    public void OnTop(ListedInstrument instrument, long updateId, in TopOfBook top)
    {
        StreamTopic topic = _symbols[instrument.Index].BookTicker;
        if (topic.HasReaders)
        {
            SpotStreamText.WriteTop(_scratch.Start(), instrument.Symbol, updateId, top);
            topic.Publish(_scratch.Text);
        }
    }

    /// <inheritdoc/>
    public void OnDepth(ListedInstrument instrument, in DepthChange change)
    {
        SpotSymbolStreams streams = _symbols[instrument.Index];
        streams.Second.Add(change);
        if (streams.FastDepth.HasReaders)
        {
            SpotStreamText.WriteDepth(_scratch.Start(), instrument.Symbol, change, Now());
            streams.FastDepth.Publish(_scratch.Text);
        }

        PublishLevels(instrument, streams.FastLevels);
    }

    /// <summary>Pushes what is due by the clock; called inside the gate every 100 ms.</summary>
    public void Tick()
    {
        _step++;
        if (_step % StepsPerSecond != 0)
        {
            return;
        }

        foreach (SpotSymbolStreams streams in _symbols)
        {
            PublishSecond(streams);
        }

        PublishAllMini();
        foreach (SpotSymbolStreams streams in _symbols)
        {
            streams.HasTraded = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    private long Now() => _facts.Core.Now.UnixMilliseconds;

    private void OnAggregate(ListedInstrument instrument, AggregateTrade trade)
    {
        StreamTopic topic = _symbols[instrument.Index].AggregateTrade;
        if (topic.HasReaders)
        {
            SpotStreamText.WriteAggregate(_scratch.Start(), instrument.Symbol, trade, Now());
            topic.Publish(_scratch.Text);
        }
    }

    private void OnCandle(string symbol, CandleInterval interval, Candle candle, bool isClosed)
    {
        if (_facts.Core.Find(symbol) is { } instrument && _symbols[instrument.Index].Klines[interval.Index] is { HasReaders: true } topic)
        {
            SpotStreamText.WriteKline(_scratch.Start(), (symbol, interval.Name), candle, isClosed, Now());
            topic.Publish(_scratch.Text);
        }
    }

    private void PublishSecond(SpotSymbolStreams streams)
    {
        string symbol = streams.Instrument.Symbol;
        if (streams.Second.Take() is { } change)
        {
            if (streams.SlowDepth.HasReaders)
            {
                SpotStreamText.WriteDepth(_scratch.Start(), symbol, change, Now());
                streams.SlowDepth.Publish(_scratch.Text);
            }

            PublishLevels(streams.Instrument, streams.SlowLevels);
        }

        if (!streams.HasTraded)
        {
            return;
        }

        if (streams.Ticker.HasReaders)
        {
            SpotStreamText.WriteTicker(_scratch.Start(), _facts.Tickers.Ticker(symbol), Now());
            streams.Ticker.Publish(_scratch.Text);
        }

        if (streams.MiniTicker.HasReaders)
        {
            SpotStreamText.WriteMini(_scratch.Start(), _facts.Tickers.Ticker(symbol), Now());
            streams.MiniTicker.Publish(_scratch.Text);
        }

        if (streams.AveragePrice.HasReaders)
        {
            SpotStreamText.WriteAverage(_scratch.Start(), symbol, _facts.Candles.AveragePrice(symbol, 5), Now());
            streams.AveragePrice.Publish(_scratch.Text);
        }
    }

    private void PublishAllMini()
    {
        if (!_allMini.HasReaders || !Array.Exists(_symbols, s => s.HasTraded))
        {
            return;
        }

        Utf8JsonWriter json = _scratch.Start();
        json.WriteStartArray();
        foreach (SpotSymbolStreams streams in _symbols.Where(s => s.HasTraded))
        {
            SpotStreamText.WriteMini(json, _facts.Tickers.Ticker(streams.Instrument.Symbol), Now());
        }

        json.WriteEndArray();
        _allMini.Publish(_scratch.Text);
    }

    private void PublishLevels(ListedInstrument instrument, IReadOnlyList<(int Levels, StreamTopic Topic)> topics)
    {
        foreach ((int levels, StreamTopic topic) in topics)
        {
            if (topic.HasReaders)
            {
                Utf8JsonWriter json = _scratch.Start();
                json.WriteStartObject();
                SpotMarketData.WriteDepth(json, _facts.Core.Depth(instrument.Symbol, levels));
                json.WriteEndObject();
                topic.Publish(_scratch.Text);
            }
        }
    }
}
