using System.Text.Json;
using Harrier.Api.Status;
using Harrier.Domain;

namespace Harrier.Api.Live;

/// <summary>The messages of <c>/ws/positions</c>.</summary>
internal static class PositionMessages
{
    /// <summary>A position as it is, also when it has become flat.</summary>
    public static void Update(Utf8JsonWriter json, Timestamp time, PositionAnswer position)
    {
        json.WriteString("type", "position_update");
        json.WriteStartObject("data");
        Write(json, position);
        json.WriteEndObject();
        LiveJson.Time(json, "timestamp", time);
    }

    /// <summary>Its members.</summary>
    public static void Write(Utf8JsonWriter data, PositionAnswer position)
    {
        data.WriteString("account", position.Account);
        data.WriteString("bot", position.Bot);
        data.WriteString("symbol", position.Symbol);
        data.WriteString("side", position.Side);
        LiveJson.Amount(data, "quantity", position.Quantity);
        LiveJson.Amount(data, "entry_price", position.EntryPrice);
        LiveJson.Amount(data, "mark_price", position.MarkPrice);
        LiveJson.Amount(data, "unrealized_pnl", position.UnrealizedPnl);
        LiveJson.Amount(data, "equity", position.Equity);
        LiveJson.Amount(data, "pnl", position.Pnl);
    }
}
