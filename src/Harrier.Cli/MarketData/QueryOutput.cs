using System.Globalization;
using System.Text.Json;
using Harrier.Storage.Market.Queries;
using Spectre.Console;

namespace Harrier.Cli.MarketData;

/// <summary>Prints the rows of a query: a table for a terminal, CSV for a pipe, JSON where asked for.</summary>
/// <param name="output">Where to.</param>
/// <param name="isJson">True for JSON.</param>
internal sealed class QueryOutput(TextWriter output, bool isJson)
{
    private const int MostRowsOfTable = 1000;

    /// <summary>Prints all rows; a terminal gets the first thousand.</summary>
    public void Write(QueryRows rows)
    {
        if (isJson)
        {
            WriteJson(rows);
        }
        else if (output == Console.Out && !Console.IsOutputRedirected)
        {
            WriteTable(rows);
        }
        else
        {
            WriteCsv(rows);
        }
    }

    private static string Text(object? cell) => cell switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };

    private static void WriteTable(QueryRows rows)
    {
        Table table = new() { Border = TableBorder.Rounded };
        foreach (string column in rows.Columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        }

        int count = 0;
        foreach (object?[] row in rows.Read())
        {
            if (count++ == MostRowsOfTable)
            {
                break;
            }

            table.AddRow([.. row.Select(cell => Markup.Escape(Visible(Text(cell))))]);
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(count > MostRowsOfTable
            ? FormattableString.Invariant($"the first {MostRowsOfTable} rows; a pipe gets all")
            : FormattableString.Invariant($"{count} rows"));
    }

    // What files hold may be anything, also what steers a terminal.
    private static string Visible(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private void WriteCsv(QueryRows rows)
    {
        output.Write(string.Join(',', rows.Columns.Select(Cell)) + "\n");
        foreach (object?[] row in rows.Read())
        {
            output.Write(string.Join(',', row.Select(cell => Cell(Text(cell)))) + "\n");
        }
    }

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private void WriteJson(QueryRows rows)
    {
        using MemoryStream bytes = new();
        output.Write('[');
        bool isFirst = true;
        foreach (object?[] row in rows.Read())
        {
            bytes.SetLength(0);
            using (Utf8JsonWriter json = new(bytes))
            {
                json.WriteStartObject();
                for (int i = 0; i < row.Length; i++)
                {
                    json.WritePropertyName(rows.Columns[i]);
                    WriteValue(json, row[i]);
                }

                json.WriteEndObject();
            }

            output.Write(isFirst ? "\n  " : ",\n  ");
            output.Write(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
            isFirst = false;
        }

        output.Write(isFirst ? "]\n" : "\n]\n");
    }

    private static void WriteValue(Utf8JsonWriter json, object? cell)
    {
        switch (cell)
        {
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case Int128 number:
                json.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
