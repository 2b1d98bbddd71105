using Harrier.Features;

namespace Harrier.Cli.Indicators;

/// <summary>One row of a bar file.</summary>
/// <param name="Key">The cell that is passed through, as written; empty when the file has no such column.</param>
/// <param name="Bar">The bar; its open time is the epoch unless times were asked for.</param>
public readonly record struct BarRow(string Key, Ohlcv Bar);
