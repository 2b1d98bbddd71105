using System.Globalization;
using System.Text.Json;
using Harrier.Domain;

namespace Harrier.Research.Reports;

/// <summary>How values stand in files: the same on every machine and in every language.</summary>
public static class InvariantText
{
    private const string AllDigits = "0.############################";

    /// <summary>All digits of a decimal, nothing rounded, no trailing zeros: sums of written values are exact.</summary>
    public static string Exact(decimal value) => (value == 0 ? 0 : value).ToString(AllDigits, CultureInfo.InvariantCulture);

    /// <summary>A fraction to twelve decimals.</summary>
    public static string Fraction(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>A purpose in the words of <c>trades.csv</c>: stop_loss.</summary>
    public static string Of(OrderPurpose purpose) => JsonNamingPolicy.SnakeCaseLower.ConvertName(purpose.ToString());

    /// <summary>The side of a round trip: long or short.</summary>
    public static string SideOf(RoundTrip trade) => trade.IsLong ? "long" : "short";
}
