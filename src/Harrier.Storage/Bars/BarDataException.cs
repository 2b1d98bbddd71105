using System.Text;

namespace Harrier.Storage.Bars;

/// <summary>
/// Bar data or a way of asking for it that cannot be used. Printed as <c>error: FIELD: VALUE: what is allowed</c>; the process exits with 2.
/// </summary>
/// <param name="field">What is wrong: a flag's name (<c>symbol</c>, <c>interval</c>, <c>from</c>, <c>to</c>, <c>tick</c>, <c>lot</c>) or <c>data</c>.</param>
/// <param name="value">The value found; for a row also file, line and column.</param>
/// <param name="allowed">What would have been accepted.</param>
public sealed class BarDataException(string field, string value, string allowed) : Exception($"{field}: {value}: {allowed}")
{
    /// <summary>What is wrong: a flag's name, or <c>data</c> for the content of a file.</summary>
    public string Field { get; } = field;

    /// <summary>The value found; for a row also file, line and column.</summary>
    public string Value { get; } = value;

    /// <summary>What would have been accepted.</summary>
    public string Allowed { get; } = allowed;

    /// <summary>A cell that is not what its column holds.</summary>
    internal static BarDataException Cell(BarRowPlace place, string column, ReadOnlySpan<byte> text, string allowed)
    {
        // A broken file may hold megabytes without a separator: the message stays one line that can be read.
        string shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 60)]).ReplaceLineEndings(" ");
        return new BarDataException("data", $"{place}, column {column}: '{shown}'", allowed);
    }
}
