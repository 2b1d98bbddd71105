using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Cli.MarketData;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Research.Reports;

namespace Harrier.Cli.Control;

/// <summary>Orders of a home, the same for people and for programs. Everything is text; money and sizes keep their digits.</summary>
internal sealed record OrderTable(IReadOnlyList<string> Names, IReadOnlyList<string[]> Rows)
{
    public static OrderTable Of(IReadOnlyList<PastOrder> orders) => new(
        ["time", "account", "bot", "id", "symbol", "side", "type", "quantity", "limit", "trigger", "executed", "state", "reduce_only", "reason"],
        [
            .. orders.Select(static one => (string[])
            [
                Time(one.Time), one.Account, one.Bot, one.Id.ToString(), one.Instrument.Symbol, one.Intent.Side == OrderSide.Buy ? "buy" : "sell", Words(one.Intent.Type.ToString()),
                Number(one.Instrument.ToDecimal(one.Intent.Size)), Price(one.Instrument, one.Intent.Limit), Price(one.Instrument, one.Intent.Trigger),
                Number(one.Instrument.ToDecimal(one.Executed)), one.State, one.Intent.ReduceOnly ? "true" : "false", InvariantText.Of(one.Intent.Purpose),
            ]),
        ]);

    /// <summary>Prints a JSON array of objects, or columns.</summary>
    public void Write(TextWriter output, bool isJson)
    {
        if (!isJson)
        {
            TextTable.Write(output, Names, Rows);
            return;
        }

        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartArray();
            foreach (string[] row in Rows)
            {
                json.WriteStartObject();
                for (int i = 0; i < row.Length; i++)
                {
                    json.WriteString(Names[i], row[i].Length == 0 ? null : row[i]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static string Time(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Number(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);

    private static string Price(Instrument instrument, PriceTicks price) => price.Value == 0 ? "" : Number(instrument.ToDecimal(price));

    private static string Words(string name) =>
        string.Concat(name.Select(static (letter, i) => char.IsAsciiLetterUpper(letter) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
