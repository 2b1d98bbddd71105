namespace Harrier.Cli.Indicators;

/// <summary>Which column of a bar file holds what, found from its header.</summary>
public sealed class BarFileLayout
{
    private static readonly string[] PriceNames = ["open", "high", "low", "close", "volume"];
    private static readonly string[] TimeNames = ["time", "timestamp", "date", "datetime", "open_time", "opentime"];
    private static readonly string[] IndexNames = ["idx", "index"];

    private readonly int[] _prices;

    private BarFileLayout(IReadOnlyList<string> header, int[] prices, int key)
    {
        Header = header;
        _prices = prices;
        Key = key;
        KeyIsTime = key >= 0 && IsOneOf(TimeNames, header[key]);
    }

    /// <summary>The columns' names as written.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Position of the column that is passed through, -1 for none.</summary>
    public int Key { get; }

    /// <summary>True when that column is named as a time.</summary>
    public bool KeyIsTime { get; }

    /// <summary>Positions of open, high, low, close and volume, in this order.</summary>
    public ReadOnlySpan<int> Prices => _prices;

    /// <summary>Reads a header. Names may come in any order and case.</summary>
    /// <param name="file">The file's name, for the message.</param>
    /// <param name="line">The first line.</param>
    /// <exception cref="InputException">A column is missing or named twice.</exception>
    public static BarFileLayout Parse(string file, string line)
    {
        List<string> header = [];
        CsvLine.Split(line, header);
        int[] prices = new int[PriceNames.Length];
        for (int i = 0; i < prices.Length; i++)
        {
            prices[i] = Find(file, header, PriceNames[i]);
        }

        return new BarFileLayout(header, prices, FindKey(header, prices));
    }

    private static int Find(string file, List<string> header, string name)
    {
        int at = header.FindIndex(cell => Same(cell, name));
        int last = header.FindLastIndex(cell => Same(cell, name));
        return at >= 0 && at == last
            ? at
            : throw new InputException(
                $"{file}, header",
                string.Join(',', header),
                at < 0 ? $"a header with open, high, low, close and volume; {name} is missing" : $"one column named {name}");
    }

    private static int FindKey(List<string> header, int[] prices)
    {
        int time = header.FindIndex(cell => IsOneOf(TimeNames, cell));
        int index = header.FindIndex(cell => IsOneOf(IndexNames, cell));
        bool firstIsOther = !prices.Contains(0);
        return time >= 0 ? time : index >= 0 ? index : firstIsOther ? 0 : -1;
    }

    private static bool IsOneOf(string[] names, string cell) => names.Any(name => Same(name, cell));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
