using System.Globalization;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Market;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Tests.Bybit;

/// <summary>What a decoder made of messages, as lines of text that can be compared.</summary>
internal sealed class Heard : IMarketReceiver
{
    private readonly List<string> _lines = [];

    public Heard(SymbolDirectory symbols, bool isCareful) => Decoder = new MarketDecoder(symbols, this, isCareful);

    public MarketDecoder Decoder { get; }

    public string Say(ReadOnlySpan<byte> message)
    {
        _lines.Clear();
        Decoder.Decode(message, Timestamp.FromUnixSeconds(5));
        return string.Join('\n', _lines);
    }

    public void OnDepth(InstrumentId instrument, in DepthUpdate update) =>
        Add($"depth #{instrument.Index} {update.FirstId}..{update.FinalId} @{update.ExchangeTime.Nanos} {Levels(update.Changes)}");

    public void OnBook(InstrumentId instrument, in DepthSnapshot book) =>
        Add($"book #{instrument.Index} {book.LastUpdateId} @{book.ExchangeTime.Nanos} {Levels(book.Levels)}");

    public void OnTrade(in MarketEvent trade) =>
        Add($"trade #{trade.Instrument.Index} {trade.TradeId} {trade.Price.Value}x{trade.Size.Value} {(trade.IsSell ? "sell" : "buy")} @{trade.ExchangeTime.Nanos}");

    public void OnTop(in TopUpdate update) => Add(
        $"top #{update.Instrument.Index} {update.UpdateId} {update.Top.Bid.Price.Value / 100m}x{update.Top.Bid.Size.Value} {update.Top.Ask.Price.Value / 100m}x{update.Top.Ask.Size.Value}");

    public void OnKline(in KlineUpdate update)
    {
        Bar bar = update.Bar;
        Add($"kline #{bar.Instrument.Index} {bar.OpenTime.UnixMilliseconds} {bar.Open.Value / 100m:0.##} {bar.High.Value / 100m:0.##} {bar.Low.Value / 100m:0.##} {bar.Close.Value / 100m:0.##} {bar.Volume} {(update.IsClosed ? "closed" : "open")}");
    }

    public void OnTicker(in TickerUpdate update) => Add(
        $"ticker #{update.Instrument.Index} {update.Last:0.####} {update.Open:0.####} {update.High:0.####} {update.Low:0.####} {update.Volume:0.####} {update.QuoteVolume:0.####} {update.ChangePercent:0.####} {update.Bid:0.####} {update.BidSize:0.####} {update.Ask:0.####} {update.AskSize:0.####}".TrimEnd());

    public void OnMarkPrice(in MarkPriceUpdate update) =>
        Add($"mark #{update.Instrument.Index} {update.Mark} {update.Index} {update.FundingRate} {update.NextFunding?.UnixMilliseconds}");

    public void OnLiquidation(in LiquidationUpdate update) => Add("liquidation");

    public void OnControl(ReadOnlySpan<byte> frame) => Add("control");

    public void OnFault(MarketFault fault, InstrumentId? instrument) => Add($"fault {fault}{(instrument is { } known ? " #" + known.Index.ToString(CultureInfo.InvariantCulture) : "")}");

    private static string Levels(ReadOnlySpan<LevelChange> levels)
    {
        List<string> text = [];
        foreach (LevelChange level in levels)
        {
            text.Add($"{(level.IsAsk ? "ask" : "bid")} {level.Ticks}x{level.Lots}");
        }

        return string.Join(' ', text);
    }

    private void Add(FormattableString line) => _lines.Add(line.ToString(CultureInfo.InvariantCulture));

    private void Add(string line) => _lines.Add(line);
}

/// <summary>Takes everything and does nothing.</summary>
internal sealed class Silent : IMarketReceiver
{
    public void OnDepth(InstrumentId instrument, in DepthUpdate update)
    {
    }

    public void OnTrade(in MarketEvent trade)
    {
    }

    public void OnTop(in TopUpdate update)
    {
    }

    public void OnKline(in KlineUpdate update)
    {
    }

    public void OnTicker(in TickerUpdate update)
    {
    }

    public void OnMarkPrice(in MarkPriceUpdate update)
    {
    }

    public void OnLiquidation(in LiquidationUpdate update)
    {
    }

    public void OnControl(ReadOnlySpan<byte> frame)
    {
    }

    public void OnFault(MarketFault fault, InstrumentId? instrument)
    {
    }
}

/// <summary>The smallest feed whose snapshots come on the stream: decoder, one book, and an engine's market state fed by its events.</summary>
internal sealed class PushedFeed : IMarketReceiver, IBookOwner
{
    private readonly PushedBook _pushed;

    public PushedFeed(Instrument instrument, bool isCareful)
    {
        Book = new BookSynchronizer(instrument.Id, new PushedContinuity(), this);
        _pushed = new PushedBook(Book);
        Market = new MarketState(new InstrumentTable([instrument]));
        Decoder = new MarketDecoder(new SymbolDirectory([instrument]), this, isCareful);
    }

    public BookSynchronizer Book { get; }

    public MarketState Market { get; }

    public MarketDecoder Decoder { get; }

    public int Renewals { get; private set; }

    public List<BookFault> BookFaults { get; } = [];

    public void OnDepth(InstrumentId instrument, in DepthUpdate update) => _pushed.OnUpdate(in update);

    public void OnBook(InstrumentId instrument, in DepthSnapshot book) => _pushed.OnSnapshot(in book);

    public void OnTrade(in MarketEvent trade)
    {
    }

    public void OnTop(in TopUpdate update)
    {
    }

    public void OnKline(in KlineUpdate update)
    {
    }

    public void OnTicker(in TickerUpdate update)
    {
    }

    public void OnMarkPrice(in MarkPriceUpdate update)
    {
    }

    public void OnLiquidation(in LiquidationUpdate update)
    {
    }

    public void OnControl(ReadOnlySpan<byte> frame)
    {
    }

    public void OnFault(MarketFault fault, InstrumentId? instrument) => throw new InvalidOperationException($"{fault}");

    public void RequestSnapshot(InstrumentId instrument, int request) => Renewals += _pushed.OnRequested(request) ? 0 : 1;

    public void OnBookEvent(in MarketEvent change) => Market.ApplyBook(in change);

    public void OnBookFault(in FeedFault fault, BookFault reason)
    {
        BookFaults.Add(reason);
        Market.Apply(in fault);
    }

    public void OnGivenUp(InstrumentId instrument, int attempts) => throw new InvalidOperationException($"the book of {instrument} was given up");
}
