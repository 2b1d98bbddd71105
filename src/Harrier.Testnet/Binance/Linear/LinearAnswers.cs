using System.Text.Json;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Answers that several endpoints give.</summary>
internal static class LinearAnswers
{
    /// <summary><c>{"code":200,"msg":"..."}</c>.</summary>
    public static void WriteDone(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteNumber("code"u8, 200);
        json.WriteString("msg"u8, message);
        json.WriteEndObject();
    }

    /// <summary><c>{}</c>.</summary>
    public static void WriteEmpty(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    /// <summary>One object for one contract that was asked for, a list where none was.</summary>
    public static void WriteOneOrAll(Utf8JsonWriter json, ListedInstrument? one, IEnumerable<ListedInstrument> all, Action<Utf8JsonWriter, ListedInstrument> write)
    {
        if (one is not null)
        {
            write(json, one);
            return;
        }

        json.WriteStartArray();
        foreach (ListedInstrument instrument in all)
        {
            write(json, instrument);
        }

        json.WriteEndArray();
    }
}
