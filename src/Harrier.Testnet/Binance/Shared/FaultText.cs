using System.Text.Json;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>Error bodies.</summary>
internal static class FaultText
{
    /// <summary><c>{"code":..,"msg":..}</c>, with <c>data</c> where there is some.</summary>
    public static void Write(Utf8JsonWriter json, ApiFault fault)
    {
        json.WriteStartObject();
        json.WriteNumber("code"u8, fault.Code);
        json.WriteString("msg"u8, fault.Message);
        if (fault.Data is { } data)
        {
            json.WritePropertyName("data"u8);
            json.WriteRawValue(data, skipInputValidation: true);
        }

        json.WriteEndObject();
    }
}
