using System.Globalization;

namespace Harrier.Cli.Diagnostics;

/// <summary>Parts of a diagnostic session as text.</summary>
internal static class L2Text
{
    /// <summary>The best prices and what lies around them.</summary>
    public static string Book(L2Snapshot snapshot) => snapshot.SpreadBps is null || snapshot.Bids.Count == 0 || snapshot.Asks.Count == 0
        ? "book in doubt"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"bid {snapshot.Instrument.ToDecimal(snapshot.Bids[0].Price):0.########} ask {snapshot.Instrument.ToDecimal(snapshot.Asks[0].Price):0.########} spread {snapshot.SpreadBps:0.00} bps imbalance {snapshot.Imbalance:0.000}");

    /// <summary>The activity.</summary>
    public static string Activity(L2Snapshot snapshot) => string.Create(
        CultureInfo.InvariantCulture,
        $"activity {snapshot.Activity.Index:0.00} drop {snapshot.Activity.DropFraction:0.00}{(snapshot.IsDropping ? " DROPPING" : "")} tpm {snapshot.Flow.TradesPerMinute60s:0} delta 60 s {snapshot.Flow.VolumeDelta60s:0.####}");

    /// <summary>An event of a wall.</summary>
    public static string Event(DiagnosticRecord record) =>
        $"{record.Time} {record.Reason} {string.Join(' ', record.Payload.Select(one => $"{one.Name}={Value(one.Value)}"))}";

    /// <summary>The reasons at the end.</summary>
    public static string Summary(DiagnosticSession session) => session.TopReasons.Count == 0
        ? $"{session.Events} events"
        : $"{session.Events} events, top reasons: {string.Join(", ", session.TopReasons.Select(one => $"{one.Reason} {one.Count}"))}";

    private static string Value(object? value) => value switch
    {
        null => "-",
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
