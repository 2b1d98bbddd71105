using System.Globalization;
using Harrier.Domain;

namespace Harrier.Research.Reports;

/// <summary>Figures as people read them; a dash for what is undefined.</summary>
internal static class FigureText
{
    /// <summary>Money with its currency; a dash for what is undefined.</summary>
    public static string Money(decimal? value, string currency) =>
        value is { } amount ? amount.ToString(Math.Abs(amount) is > 0 and < 1 ? "0.########" : "#,##0.00", CultureInfo.InvariantCulture) + " " + currency : "-";

    /// <summary>A fraction as a percentage.</summary>
    public static string Percent(double? value) => value is { } share ? Number(share * 100) + " %" : "-";

    /// <summary>A number with two decimals.</summary>
    public static string Number(double? value) => value is { } number
        ? (number == 0 ? 0 : number).ToString("#,##0.00", CultureInfo.InvariantCulture)
        : "-";

    /// <summary>A number with one decimal at most and its unit.</summary>
    public static string Unit(double? value, string unit) => value is null ? "-" : value.Value.ToString("#,##0.#", CultureInfo.InvariantCulture) + " " + unit;

    /// <summary>Minutes in the unit in which they are read best.</summary>
    public static string Span(double? minutes) => minutes switch
    {
        < 120 => Unit(minutes, "minutes"),
        < 2880 => Unit(minutes / 60, "hours"),
        _ => Unit(minutes / 1440, "days"),
    };

    /// <summary>Milliseconds in the unit in which they are read best.</summary>
    public static string Milliseconds(double? milliseconds) => milliseconds switch
    {
        < 10_000 => Unit(milliseconds, "ms"),
        < 600_000 => Unit(milliseconds / 1000, "s"),
        _ => Span(milliseconds / 60_000),
    };

    /// <summary>An instant.</summary>
    public static string Time(Timestamp? time) => time?.ToString() ?? "-";
}
