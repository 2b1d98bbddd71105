using System.Text.Json;

namespace Harrier.Testnet.Bybit.Requests;

/// <summary>What is around every result.</summary>
internal static class BybitEnvelope
{
    /// <summary>Writes code, message, result, further facts and time.</summary>
    public static void Write(Utf8JsonWriter json, BybitEndpoint? endpoint, BybitCall call, BybitFault? fault)
    {
        json.WriteStartObject();
        json.WriteNumber("retCode"u8, fault?.Code ?? 0);
        json.WriteString("retMsg"u8, fault?.Message ?? endpoint?.Message ?? "OK");
        WriteResult(json, "result"u8, call, fault);
        json.WritePropertyName("retExtInfo"u8);
        if (fault is null && call.Extra.Length > 0)
        {
            json.WriteRawValue(call.Extra, skipInputValidation: true);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }

        json.WriteNumber("time"u8, call.Now.UnixMilliseconds);
        json.WriteEndObject();
    }

    /// <summary>Writes the result under a name; a refusal has an empty one.</summary>
    public static void WriteResult(Utf8JsonWriter json, ReadOnlySpan<byte> name, BybitCall call, BybitFault? fault)
    {
        json.WritePropertyName(name);
        if (fault is null)
        {
            json.WriteRawValue(call.Finish(), skipInputValidation: true);
            return;
        }

        json.WriteStartObject();
        json.WriteEndObject();
    }
}
