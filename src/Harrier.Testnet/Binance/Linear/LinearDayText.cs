using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Rolling days with the names of messages.</summary>
/// <param name="facts">The exchange.</param>
internal sealed class LinearDayText(MarketFacts facts)
{
    /// <summary>Everything.</summary>
    public void WriteDay(Utf8JsonWriter json, ListedInstrument instrument)
    {
        TickerView day = facts.Tickers.Ticker(instrument.Symbol);
        Start(json, instrument, "24hrTicker");
        json.WritePrice("p"u8, instrument, day.Change);
        json.WriteDigits("P"u8, day.ChangePercent, 3);
        json.WritePrice("w"u8, instrument, day.WeightedAverage);
        json.WritePrice("c"u8, instrument, day.LastPrice);
        json.WriteQuantity("Q"u8, instrument, day.LastQuantity);
        WriteRange(json, instrument, day);
        json.WriteNumber("O"u8, day.OpenTime.UnixMilliseconds);
        json.WriteNumber("C"u8, day.CloseTime.UnixMilliseconds);
        json.WriteNumber("F"u8, day.FirstTradeId);
        json.WriteNumber("L"u8, day.LastTradeId);
        json.WriteNumber("n"u8, day.TradeCount);
        json.WriteEndObject();
    }

    /// <summary>Prices and volumes only.</summary>
    public void WriteMini(Utf8JsonWriter json, ListedInstrument instrument)
    {
        TickerView day = facts.Tickers.Ticker(instrument.Symbol);
        Start(json, instrument, "24hrMiniTicker");
        json.WritePrice("c"u8, instrument, day.LastPrice);
        WriteRange(json, instrument, day);
        json.WriteEndObject();
    }

    private static void WriteRange(Utf8JsonWriter json, ListedInstrument instrument, TickerView day)
    {
        json.WritePrice("o"u8, instrument, day.Open);
        json.WritePrice("h"u8, instrument, day.High);
        json.WritePrice("l"u8, instrument, day.Low);
        json.WriteQuantity("v"u8, instrument, day.Volume);
        json.WriteDigits("q"u8, day.QuoteVolume, 2);
    }

    private void Start(Utf8JsonWriter json, ListedInstrument instrument, string kind)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, kind);
        json.WriteNumber("E"u8, facts.Core.Now.UnixMilliseconds);
        json.WriteString("s"u8, instrument.Symbol);
    }
}
