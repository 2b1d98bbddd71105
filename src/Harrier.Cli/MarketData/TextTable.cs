namespace Harrier.Cli.MarketData;

/// <summary>Rows of text in columns, as wide as their longest cell; numbers to the right.</summary>
internal static class TextTable
{
    /// <summary>Writes the rows below a line of names.</summary>
    public static void Write(TextWriter output, IReadOnlyList<string> names, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. names.Select((name, column) => Math.Max(name.Length, rows.Select(row => row[column].Length).DefaultIfEmpty(0).Max()))];
        bool[] toTheRight = [.. names.Select((_, column) => rows.Count > 0 && rows.All(row => row[column].Length == 0 || char.IsAsciiDigit(row[column][0]) || row[column][0] == '-'))];
        WriteRow(names);
        foreach (string[] row in rows)
        {
            WriteRow(row);
        }

        void WriteRow(IReadOnlyList<string> cells) =>
            output.WriteLine(string.Join("  ", cells.Select((cell, column) => toTheRight[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
