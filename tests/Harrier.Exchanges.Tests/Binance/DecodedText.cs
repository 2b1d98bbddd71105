using System.Globalization;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Tests.Binance;

/// <summary>What a decoder made of messages, as lines of text that can be compared.</summary>
internal sealed class DecodedText : IMarketReceiver
{
    public DecodedText(SymbolDirectory symbols, bool isCareful) => Decoder = new MarketDecoder(symbols, this, isCareful);

    public MarketDecoder Decoder { get; }

    public List<string> Lines { get; } = [];

    /// <summary>Grids so fine that every recorded price fits.</summary>
    public static SymbolDirectory AnySymbol(IEnumerable<string> symbols) =>
        new([.. symbols.Distinct().Select((symbol, i) => TestInstruments.Make(i, symbol, 0.00000001m, 0.00000001m))]);

    public string? Decode(ReadOnlySpan<byte> message)
    {
        Lines.Clear();
        Decoder.Decode(message, Timestamp.FromUnixSeconds(5));
        return string.Join('\n', Lines);
    }

    public void OnDepth(InstrumentId instrument, in DepthUpdate update)
    {
        Lines.Add(string.Create(CultureInfo.InvariantCulture, $"depth {instrument} {update.FirstId} {update.FinalId} {update.PreviousId} {update.ExchangeTime}"));
        foreach (LevelChange change in update.Changes)
        {
            Lines.Add(change.ToString());
        }
    }

    public void OnTrade(in MarketEvent trade) =>
        Lines.Add($"trade {trade.Instrument} {trade.Price} {trade.Size} {trade.TradeId} {trade.IsSell} {trade.ExchangeTime} {trade.ReceivedTime}");

    public void OnTop(in TopUpdate update) => Lines.Add(update.ToString());

    public void OnKline(in KlineUpdate update) =>
        Lines.Add($"kline {update.Bar.OpenTime} {update.Bar.Spec} {update.Bar.Open} {update.Bar.High} {update.Bar.Low} {update.Bar.Close} {update.IsClosed}");

    public void OnTicker(in TickerUpdate update) => Lines.Add(update.ToString());

    public void OnMarkPrice(in MarkPriceUpdate update) => Lines.Add($"mark {update.Mark} {update.Index} {update.FundingRate} {update.NextFunding} {update.Event.Price}");

    public void OnLiquidation(in LiquidationUpdate update) => Lines.Add(update.ToString());

    public void OnControl(ReadOnlySpan<byte> frame) => Lines.Add("control");

    public void OnFault(MarketFault fault, InstrumentId? instrument) => Lines.Add($"fault {fault} {instrument}");
}
