using System.Globalization;
using Harrier.Domain;

namespace Harrier.Cli.Options;

/// <summary>Reads option values; what does not fit becomes an <see cref="InputException"/> that names option, value and what is allowed.</summary>
internal static class OptionText
{
    private const decimal Largest = 1_000_000_000_000;

    private static readonly string[] Instants = ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    public static decimal Decimal(string option, string text, decimal min, decimal max) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value >= min && value <= max
            ? value
            : throw new InputException(Field(option), text, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));

    /// <summary>A number above 0; not so large that products of two of them leave the range of decimal.</summary>
    public static decimal Positive(string option, string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value is > 0 and <= Largest
            ? value
            : throw new InputException(Field(option), text, string.Create(CultureInfo.InvariantCulture, $"a number above 0 and at most {Largest}"));

    /// <summary>A step of prices or sizes. Finer ones make numbers of steps that cannot be counted.</summary>
    public static decimal Step(string option, string text) => Decimal(option, text, 0.0000000001m, Largest);

    /// <summary>A fraction above 0 and at most 1.</summary>
    public static decimal Fraction(string option, string text, decimal max = 1m) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value > 0 && value <= max
            ? value
            : throw new InputException(Field(option), text, string.Create(CultureInfo.InvariantCulture, $"a fraction above 0 and at most {max}, such as 0.03"));

    public static long Integer(string option, string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
        ? value
        : throw new InputException(Field(option), text, "a whole number");

    public static DateOnly Day(string option, string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
        ? day
        : throw new InputException(Field(option), text, "a day as 2024-01-31");

    /// <summary>A day, or an instant as 2024-01-31T12:30:00Z.</summary>
    public static PointInTime Point(string option, string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return new PointInTime(text, day, default);
        }

        return DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            ? new PointInTime(text, null, Timestamp.From(instant))
            : throw new InputException(Field(option), text, "a day as 2024-01-31, or in a recording an instant as 2024-01-31T12:30:00Z");
    }

    public static BarSpec Interval(string option, string text) => BarSpec.TryParse(text, out BarSpec spec)
        ? spec
        : throw new InputException(Field(option), text, "a bar length such as 1m, 5m, 1h, 4h, 1d, or tick:1000, volume:50, dollar:1000000, renko:100, imbalance:100");

    public static TimeSpan Span(string option, string text) => BarSpec.TryParse(text, out BarSpec spec) && spec.IsTime
        ? spec.Interval
        : throw new InputException(Field(option), text, "a length of time such as 30m, 24h, 7d");

    public static T Choice<T>(string option, string text, IReadOnlyDictionary<string, T> choices) => choices.TryGetValue(text, out T? value)
        ? value
        : throw new InputException(Field(option), text, "one of " + string.Join(", ", choices.Keys));

    private static string Field(string option) => option.TrimStart('-');
}
