namespace Harrier.Cli.Indicators;

/// <summary>Splits one line of comma-separated text; a cell in double quotes may hold commas (RFC 4180, without line breaks in cells).</summary>
internal static class CsvLine
{
    /// <summary>Replaces the contents of <paramref name="cells"/> by the line's cells, without surrounding blanks and quotes.</summary>
    public static void Split(string line, List<string> cells)
    {
        cells.Clear();
        int start = 0;
        bool quoted = false;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == ',' && !quoted))
            {
                cells.Add(Unquoted(line.AsSpan(start, i - start).Trim()));
                start = i + 1;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
        }
    }

    /// <summary>The cell as it must be written.</summary>
    public static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"")
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;

    private static string Unquoted(ReadOnlySpan<char> cell) =>
        cell.Length >= 2 && cell[0] == '"' && cell[^1] == '"'
            ? cell[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal)
            : cell.ToString();
}
