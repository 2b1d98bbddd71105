using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Bybit.Trading;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Accounts;

/// <summary>A funding of one position, which the venue tells among the executions though no order was filled.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Instrument">Contract.</param>
/// <param name="Size">Size of the position, negative when short.</param>
/// <param name="Price">Mark price it was reckoned with.</param>
/// <param name="Rate">Share of the notional.</param>
/// <param name="Time">When.</param>
internal sealed record BybitFunding(string Id, ListedInstrument Instrument, decimal Size, decimal Price, decimal Rate, Timestamp Time)
{
    /// <summary>What the position paid; negative was received. The exchange books the same.</summary>
    public decimal Paid { get; } = decimal.Round(Size * Price * Rate, 8);

    /// <summary>The funding of a position that is being told; inside the gate.</summary>
    public static BybitFunding Of(BybitMarket market, ExchangePosition position)
    {
        Timestamp now = market.Core.Now;
        ListedInstrument instrument = position.Instrument;
        return new BybitFunding(market.Ids.OfFunding(position, now), instrument, position.Quantity, instrument.MarkPrice, instrument.FundingRate, now);
    }

    /// <summary>As executions are written.</summary>
    public void Write(Utf8JsonWriter json)
    {
        decimal size = Math.Abs(Size);
        json.WriteStartObject();
        json.WriteString("category"u8, BybitMarket.LinearCategory);
        json.WriteString("symbol"u8, Instrument.Symbol);
        json.WriteString("orderId"u8, Id);
        json.WriteString("orderLinkId"u8, "");
        json.WriteString("side"u8, BybitWords.Side(Size < 0));
        json.WriteString("orderPrice"u8, "0");
        json.WriteString("orderQty"u8, "0");
        json.WriteString("leavesQty"u8, "0");
        json.WriteString("orderType"u8, "UNKNOWN");
        json.WriteString("stopOrderType"u8, "UNKNOWN");
        json.WriteString("createType"u8, "");
        json.WriteString("execId"u8, Id);
        json.WritePrice("execPrice"u8, Instrument, Price);
        json.WritePlain("execQty"u8, size);
        json.WritePlain("execValue"u8, decimal.Round(size * Price, InstrumentNumbers.MoneyDigits));
        json.WritePlain("execFee"u8, Paid);
        json.WriteString("execType"u8, "Funding");
        json.WriteString("execTime"u8, BybitOrderText.Time(Time));
        json.WriteString("feeCurrency"u8, Instrument.Quote);
        json.WritePlain("feeRate"u8, Rate);
        json.WriteBoolean("isMaker"u8, false);
        json.WriteString("closedSize"u8, "");
        json.WritePrice("markPrice"u8, Instrument, Price);
        json.WriteString("indexPrice"u8, "");
        json.WriteString("blockTradeId"u8, "");
        json.WriteNumber("seq"u8, Instrument.LastTradeId);
        json.WriteEndObject();
    }
}
