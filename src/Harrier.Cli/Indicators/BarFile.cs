using System.Globalization;
using System.IO.Compression;
using Harrier.Domain;
using Harrier.Features;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Indicators;

/// <summary>Reads bars from comma-separated text with a header, plain or gzip. A row that is not a bar stops the reading.</summary>
public sealed class BarFile
{
    private const int Open = 0;
    private const int High = 1;
    private const int Low = 2;
    private const int Close = 3;
    private const int Volume = 4;

    private readonly string _name;
    private readonly bool _withTimes;
    private readonly List<string> _cells = [];

    private BarFile(string name, bool withTimes, BarFileLayout layout)
    {
        _name = name;
        _withTimes = withTimes && layout.KeyIsTime;
        Layout = layout;
    }

    /// <summary>What the header says.</summary>
    public BarFileLayout Layout { get; }

    /// <summary>The rows, oldest first.</summary>
    public IReadOnlyList<BarRow> Rows { get; private set; } = [];

    /// <summary>Reads the whole file.</summary>
    /// <param name="path">Plain text or gzip, told apart by content.</param>
    /// <param name="withTimes">True to read the times of a time column instead of only passing them through.</param>
    /// <exception cref="InputException">The file cannot be read, or a row is malformed; the message names line, column and value.</exception>
    public static BarFile Read(string path, bool withTimes)
    {
        try
        {
            using StreamReader reader = OpenText(path);
            string header = reader.ReadLine() ?? throw new InputException(path, "(empty)", "a file with a header and bars");
            BarFile file = new(path, withTimes, BarFileLayout.Parse(path, header));
            file.ReadRows(reader);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException("FILE", path, "a readable file: " + e.Message);
        }
    }

    private static StreamReader OpenText(string path)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        bool isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return new StreamReader(isGzip ? Inflate(file) : file);
    }

    // Inflated as a whole, because only then is it known that nothing was cut off.
    private static MemoryStream Inflate(FileStream file)
    {
        using (file)
        {
            MemoryStream inflated = new();
            using GZipStream gzip = new(file, CompressionMode.Decompress, leaveOpen: true);
            gzip.CopyTo(inflated);
            GzipEnd.Verify(file, inflated.Length);
            inflated.Position = 0;
            return inflated;
        }
    }

    private void ReadRows(StreamReader reader)
    {
        List<BarRow> rows = [];
        int number = 1;
        int blank = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                blank = blank == 0 ? number : blank;
                continue;
            }

            if (blank != 0)
            {
                throw new InputException($"{_name}, line {blank}", "(empty)", "a bar; only the end of the file may be blank");
            }

            rows.Add(ReadRow(line, number));
        }

        Rows = rows;
    }

    private BarRow ReadRow(string line, int number)
    {
        CsvLine.Split(line, _cells);
        if (_cells.Count != Layout.Header.Count)
        {
            int column = Math.Min(_cells.Count, Layout.Header.Count);
            string name = column < Layout.Header.Count ? Layout.Header[column] : (column + 1).ToString(CultureInfo.InvariantCulture);
            throw new InputException($"{_name}, line {number}, column {name}", line, $"{Layout.Header.Count} cells");
        }

        double open = Price(number, Open);
        double high = Price(number, High);
        double low = Price(number, Low);
        double close = Price(number, Close);
        double volume = Number(number, Volume);
        Check(volume >= 0, number, Volume, "a number, 0 or more");
        Check(low <= high, number, Low, "at most the high");
        Check(open >= low && open <= high, number, Open, "between low and high");
        Check(close >= low && close <= high, number, Close, "between low and high");
        string key = Layout.Key < 0 ? string.Empty : _cells[Layout.Key];
        return new BarRow(key, new Ohlcv(open, high, low, close, volume, Time(number, key)));
    }

    private Timestamp Time(int line, string text)
    {
        if (!_withTimes)
        {
            return default;
        }

        return BarTime.TryParse(text, out Timestamp time)
            ? time
            : throw new InputException($"{_name}, line {line}, column {Layout.Header[Layout.Key]}", Shown(text), BarTime.Allowed);
    }

    private double Price(int line, int column)
    {
        double price = Number(line, column);
        Check(price > 0, line, column, "a number above 0");
        return price;
    }

    private double Number(int line, int column)
    {
        string text = _cells[Layout.Prices[column]];
        bool read = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
        Check(read, line, column, "a number");
        return value;
    }

    private void Check(bool holds, int line, int column, string allowed)
    {
        if (!holds)
        {
            int at = Layout.Prices[column];
            throw new InputException($"{_name}, line {line}, column {Layout.Header[at]}", Shown(_cells[at]), allowed);
        }
    }

    private static string Shown(string cell) => cell.Length == 0 ? "(empty)" : cell;
}
