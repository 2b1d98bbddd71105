using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Bybit.Trading;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Accounts;

/// <summary>Positions as requests list them and the stream tells them.</summary>
/// <param name="market">Linear contracts.</param>
/// <param name="exits">Their take profits and stop losses.</param>
internal sealed class BybitPositionText(BybitMarket market, BybitExits exits)
{
    /// <summary>Writes a position.</summary>
    /// <param name="json">Where.</param>
    /// <param name="position">The position; a flat one has no side.</param>
    /// <param name="isStream">The stream calls the entry price by another name.</param>
    public void Write(Utf8JsonWriter json, ExchangePosition position, bool isStream)
    {
        ListedInstrument instrument = position.Instrument;
        decimal size = Math.Abs(position.Quantity);
        bool isFlat = size == 0;
        json.WriteStartObject();
        json.WriteString("category"u8, market.Category);
        json.WriteNumber("positionIdx"u8, 0);
        json.WriteNumber("tradeMode"u8, 0);
        json.WriteNumber("riskId"u8, 1);
        json.WritePlain("riskLimitValue"u8, instrument.MaxQuantity * instrument.MaxPrice);
        json.WriteString("symbol"u8, instrument.Symbol);
        json.WriteString("side"u8, isFlat ? "" : BybitWords.Side(position.Quantity < 0));
        json.WriteQuantity("size"u8, instrument, size);
        json.WritePlain(isStream ? "entryPrice"u8 : "avgPrice"u8, decimal.Round(position.EntryPrice, 10));
        json.WritePlain("positionValue"u8, decimal.Round(size * position.EntryPrice, 10));
        json.WriteString("leverage"u8, position.Leverage.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("autoAddMargin"u8, 0);
        json.WriteString("positionBalance"u8, "0");
        json.WritePlain("positionIM"u8, decimal.Round(position.InitialMargin, 10));
        json.WritePlain("positionMM"u8, decimal.Round(position.MaintenanceMargin, 10));
        json.WritePrice("markPrice"u8, instrument, instrument.MarkPrice);
        decimal liquidation = position.LiquidationPrice;
        if (liquidation > 0)
        {
            json.WritePrice("liqPrice"u8, instrument, liquidation);
        }
        else
        {
            json.WriteString("liqPrice"u8, "");
        }

        json.WriteString("bustPrice"u8, "");
        json.WriteString("tpslMode"u8, "Full");
        WriteExits(json, position);
        json.WritePlain("unrealisedPnl"u8, decimal.Round(position.UnrealizedPnl, 10));
        json.WritePlain("curRealisedPnl"u8, decimal.Round(position.RealizedPnl, 10));
        json.WritePlain("cumRealisedPnl"u8, decimal.Round(position.RealizedPnl, 10));
        json.WriteString("sessionAvgPrice"u8, "");
        json.WriteString("positionStatus"u8, "Normal");
        json.WriteNumber("adlRankIndicator"u8, 0);
        json.WriteBoolean("isReduceOnly"u8, false);
        json.WriteString("mmrSysUpdatedTime"u8, "");
        json.WriteString("leverageSysUpdatedTime"u8, "");
        json.WriteNumber("seq"u8, instrument.LastTradeId);
        json.WriteString("createdTime"u8, BybitOrderText.Time(position.Updated));
        json.WriteString("updatedTime"u8, BybitOrderText.Time(position.Updated));
        json.WriteEndObject();
    }

    private void WriteExits(Utf8JsonWriter json, ExchangePosition position)
    {
        WriteExit(json, "takeProfit"u8, position.Instrument, exits.Of(position, BybitExit.TakeProfit));
        WriteExit(json, "stopLoss"u8, position.Instrument, exits.Of(position, BybitExit.StopLoss));
        json.WritePrice("trailingStop"u8, position.Instrument, exits.Of(position, BybitExit.TrailingStop)?.Terms.TrailingDistance ?? 0);
    }

    private static void WriteExit(Utf8JsonWriter json, ReadOnlySpan<byte> name, ListedInstrument instrument, ExchangeOrder? exit)
    {
        if (exit is null)
        {
            json.WriteString(name, "");
        }
        else
        {
            json.WritePrice(name, instrument, exit.TriggerPrice);
        }
    }
}
