using System.Collections;
using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Research.Reports;

/// <summary>How values stand in our JSON: money as text in full, times in ISO 8601, undefined numbers as null.</summary>
internal static class JsonValues
{
    /// <summary>Writes exact money as text.</summary>
    public static void WriteMoney(this Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } amount)
        {
            json.WriteString(name, InvariantText.Exact(amount));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Writes a number; null for null, NaN and infinity.</summary>
    public static void WriteRatio(this Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        json.WriteRatio(value);
    }

    /// <summary>Writes a number as an element; null for null, NaN and infinity.</summary>
    public static void WriteRatio(this Utf8JsonWriter json, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumberValue(number == 0 ? 0 : number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>Writes an instant or null.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, Timestamp? value) => json.WriteString(name, value?.ToString());

    /// <summary>Writes named values as an object in their order; a name that comes twice is written once, with its last value.</summary>
    public static void WriteObject(this Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        json.WriteStartObject(name);
        for (int i = 0; i < values.Count; i++)
        {
            if (!values.Skip(i + 1).Any(later => later.Key == values[i].Key))
            {
                json.WritePropertyName(values[i].Key);
                json.WriteAny(values[i].Value);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Writes what was checked as an array <c>checks</c>.</summary>
    public static void WriteChecks(this Utf8JsonWriter json, IReadOnlyList<CheckResult> checks)
    {
        json.WriteStartArray("checks");
        foreach (CheckResult check in checks)
        {
            json.WriteStartObject();
            json.WriteString("name", check.Name);
            json.WriteBoolean("passed", check.Passed);
            json.WriteString("detail", check.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Decimals are written as numbers with all their digits: an assumption such as a fee in basis points is no money.
    private static void WriteAny(this Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case double or float:
                json.WriteRatio(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case decimal number:
                json.WriteRawValue(InvariantText.Exact(number));
                break;
            case byte or short or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    json.WriteAny(item);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value}"));
                break;
        }
    }
}
