using System.Globalization;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Bybit.Market;

/// <summary>The rolling day, best prices and marks of an instrument, as names and texts: the stream of linear contracts tells only what changed.</summary>
internal static class BybitTicker
{
    private const int Percent = 100;

    /// <summary>All fields.</summary>
    /// <param name="market">Its market.</param>
    /// <param name="instrument">Which instrument.</param>
    /// <param name="isStream">Whether for the stream: spot tells no best prices there.</param>
    public static List<(string Name, string Text)> Of(BybitMarket market, ListedInstrument instrument, bool isStream)
    {
        TickerView day = market.Facts.Tickers.Ticker(instrument.Symbol);
        int price = InstrumentNumbers.DigitsOf(instrument.TickSize);
        int lot = InstrumentNumbers.DigitsOf(instrument.LotSize);
        List<(string Name, string Text)> fields =
        [
            ("symbol", instrument.Symbol),
            ("lastPrice", Text(day.LastPrice, price)),
            ("prevPrice24h", Text(day.Open, price)),
            ("price24hPcnt", Text(day.ChangePercent / Percent, 6)),
            ("highPrice24h", Text(day.High, price)),
            ("lowPrice24h", Text(day.Low, price)),
            ("turnover24h", Text(day.QuoteVolume, 4)),
            ("volume24h", Text(day.Volume, lot)),
        ];
        if (instrument.Kind == MarketKind.Spot)
        {
            fields.Add(("usdIndexPrice", Text(instrument.LastPrice, price)));
            if (!isStream)
            {
                AddBest(fields, instrument, price, lot);
            }

            return fields;
        }

        AddLinear(fields, market, instrument, price);
        AddBest(fields, instrument, price, lot);
        return fields;
    }

    private static void AddLinear(List<(string Name, string Text)> fields, BybitMarket market, ListedInstrument instrument, int price)
    {
        Candle? hour = market.Facts.Candles.Growing(instrument.Symbol, CandleInterval.Hour);
        decimal interest = OpenInterest(market, instrument);
        fields.Add(("prevPrice1h", Text(hour?.Open ?? instrument.LastPrice, price)));
        fields.Add(("tickDirection", "ZeroPlusTick"));
        fields.Add(("markPrice", Text(instrument.MarkPrice, price)));
        fields.Add(("indexPrice", Text(instrument.IndexPrice, price)));
        fields.Add(("openInterest", Text(interest, InstrumentNumbers.DigitsOf(instrument.LotSize))));
        fields.Add(("openInterestValue", Text(interest * instrument.MarkPrice, 2)));
        fields.Add(("fundingRate", Text(instrument.FundingRate, 8)));
        fields.Add(("nextFundingTime", instrument.NextFunding.UnixMilliseconds.ToString(CultureInfo.InvariantCulture)));
        fields.Add(("fundingIntervalHour", ((int)market.Core.Options.FundingInterval.TotalHours).ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The long side of all positions, which is the short side too.</summary>
    public static decimal OpenInterest(BybitMarket market, ListedInstrument instrument) =>
        market.Core.Accounts.Sum(a => Math.Max(0, a.Position(instrument).Quantity));

    private static void AddBest(List<(string Name, string Text)> fields, ListedInstrument instrument, int price, int lot)
    {
        TopOfBook top = instrument.Book.Top;
        fields.Add(("bid1Price", top.Bid == 0 ? "" : Text(top.Bid, price)));
        fields.Add(("bid1Size", Text(top.BidQuantity, lot)));
        fields.Add(("ask1Price", top.Ask == 0 ? "" : Text(top.Ask, price)));
        fields.Add(("ask1Size", Text(top.AskQuantity, lot)));
    }

    private static string Text(decimal value, int digits) => value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
