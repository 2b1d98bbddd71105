using System.Text.Json;

namespace Harrier.Storage.Bars;

/// <summary>
/// Reads bars from a JSON array of arrays (Binance and Bybit klines, freqtrade) or of objects, also when it is a member of an envelope.
/// Numbers are read digit by digit from the text, whether JSON calls them numbers or strings.
/// </summary>
internal sealed class JsonBarParser
{
    private readonly BarFileTarget _target;
    private readonly BarRowParser _rows;
    private BarField[] _fields = [];
    private int _number;

    /// <summary>A parser of one file.</summary>
    public JsonBarParser(BarFileTarget target)
    {
        _target = target;
        _rows = new BarRowParser(target.File, isText: false, target.Exact);
    }

    /// <summary>The layout that was found; empty before the first row.</summary>
    public string Layout { get; private set; } = "";

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="BarDataException">The text is not JSON, holds no array of bars, or a value is malformed.</exception>
    public void Parse(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        Utf8JsonReader reader = new(text, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        try
        {
            if (!TryFindRows(ref reader))
            {
                throw new BarDataException("data", _target.File, "a JSON array of klines");
            }

            do
            {
                ReadRow(ref reader);
            }
            while (reader.Read() && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject);
        }
        catch (JsonException fault)
        {
            throw new BarDataException("data", $"{_target.File} at byte {reader.BytesConsumed}", "JSON: " + fault.Message);
        }
    }

    // The rows are the first arrays or objects inside an array.
    private static bool TryFindRows(ref Utf8JsonReader reader)
    {
        JsonTokenType previous = JsonTokenType.None;
        while (reader.Read())
        {
            if (previous == JsonTokenType.StartArray && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                return true;
            }

            previous = reader.TokenType;
        }

        return false;
    }

    private void ReadRow(ref Utf8JsonReader reader)
    {
        BarRow row = BarRow.Create(++_number);
        int seen = 0;
        string? ticker = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader, ref row, ref seen, ref ticker);
        }
        else
        {
            ReadArray(ref reader, ref row, ref seen);
        }

        const int All = (1 << (int)BarField.Volume) * 2 - 2;
        if ((seen & All) != All)
        {
            throw new BarDataException("data", $"{_rows.Place(_number)}", "time, open, high, low, close and volume");
        }

        _target.Add(in row, _rows, ticker);
    }

    private void ReadArray(ref Utf8JsonReader reader, ref BarRow row, ref int seen)
    {
        if (_fields.Length == 0)
        {
            int count = CountValues(reader);
            _fields = BarColumns.OfCount(count);
            Layout = FormattableString.Invariant($"json array of arrays with {count} values");
            if (_fields.Length == 0)
            {
                throw new BarDataException("data", FormattableString.Invariant($"{_rows.Place(_number)}: {count} values"), "6, 7 or 12 values per kline");
            }
        }

        for (int column = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; column++)
        {
            ReadValue(ref reader, ref row, column < _fields.Length ? _fields[column] : BarField.Skip);
            seen |= column < _fields.Length ? 1 << (int)_fields[column] : 0;
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, ref BarRow row, ref int seen, ref string? ticker)
    {
        Layout = "json array of objects";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            BarField field = BarColumns.RoleOf(reader.GetString() ?? "");
            field = (seen & (1 << (int)field)) == 0 ? field : BarField.Skip;
            reader.Read();
            if (field == BarField.Ticker && reader.TokenType == JsonTokenType.String)
            {
                ticker = _rows.ReadTicker(in row, reader.ValueSpan);
                continue;
            }

            ReadValue(ref reader, ref row, field);
            seen |= field == BarField.Skip ? 0 : 1 << (int)field;
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, ref BarRow row, BarField field)
    {
        if (field == BarField.Skip || reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        ReadOnlySpan<byte> text = reader.TokenType == JsonTokenType.Null ? [] : reader.ValueSpan;
        _rows.Read(ref row, field, text, reader.TokenType == JsonTokenType.Number);
    }

    private static int CountValues(Utf8JsonReader reader)
    {
        int count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }
}
