using System.Buffers;
using System.Globalization;
using System.Text;
using Harrier.Domain;

namespace Harrier.Storage.Market.Files;

/// <summary>
/// Where what lies: <c>venue=V/kind=K/symbol=S/interval=I/month=2024-01/bars.parquet</c>, the way of Hive, in which the folders are columns. Names that start
/// with an underscore or a point are passed over by the programs that read such folders.
/// </summary>
/// <param name="root">The folder of the store.</param>
internal sealed class StoreLayout(string root)
{
    private const int LongestSymbol = 64;
    private static readonly SearchValues<byte> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8);

    /// <summary>The folder of the store.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The folder of a series.</summary>
    /// <exception cref="StoreException">The symbol could leave its folder.</exception>
    public string FolderOf(SeriesKey key)
    {
        string folder = Path.Combine(Root, $"venue={key.Venue}", $"kind={NameOf(key.Kind)}", $"symbol={Escape(key.Symbol)}");
        return key.IntervalName is { } interval ? Path.Combine(folder, $"interval={interval}") : folder;
    }

    /// <summary>The file that rows of an instant lie in.</summary>
    public Partition PartitionOf(SeriesKey key, Timestamp time)
    {
        DateTime utc = time.ToDateTimeOffset().UtcDateTime;
        string day = IsDaily(key.Kind) ? utc.ToString("'-'yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
        return new Partition(Path.Combine(FolderOf(key), utc.ToString("'month='yyyy-MM", CultureInfo.InvariantCulture)), NameOf(key.Kind), day);
    }

    /// <summary>The files of a series, oldest first.</summary>
    public IReadOnlyList<Partition> PartitionsOf(SeriesKey key)
    {
        string folder = FolderOf(key);
        List<Partition> found = [];
        if (Directory.Exists(folder))
        {
            foreach (string month in Directory.GetDirectories(folder, "month=*"))
            {
                found.AddRange(Directory.GetFiles(month, $"{NameOf(key.Kind)}*.parquet").Select(file => PartitionAt(month, key.Kind, file)).OfType<Partition>());
            }
        }

        found.Sort((left, right) => string.CompareOrdinal(left.Label, right.Label));
        return found;
    }

    /// <summary>The files of a series that have a manifest and are gone.</summary>
    public IReadOnlyList<Partition> MissingPartitionsOf(SeriesKey key)
    {
        string folder = FolderOf(key);
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.GetFiles(folder, "_manifest*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(manifest => new Partition(Path.GetDirectoryName(manifest)!, NameOf(key.Kind), Path.GetFileNameWithoutExtension(manifest)["_manifest".Length..]))
                .Where(partition => !partition.Span.IsEmpty && !File.Exists(partition.Parquet)),
        ];
    }

    /// <summary>All series of the store by venue, symbol, kind and interval. Folders that are none are passed over.</summary>
    public IReadOnlyList<SeriesKey> List()
    {
        List<SeriesKey> keys = [];
        foreach ((string venueFolder, string venue) in Folders(Root, "venue"))
        {
            foreach ((string kindFolder, string kindName) in Folders(venueFolder, "kind"))
            {
                if (KindOf(kindName) is { } kind && VenueOf(venue) is { } id)
                {
                    keys.AddRange(SeriesIn(kindFolder, id, kind));
                }
            }
        }

        return [.. keys.OrderBy(key => key.Venue.Name, StringComparer.Ordinal).ThenBy(key => key.Symbol, StringComparer.Ordinal).ThenBy(key => key.Kind).ThenBy(key => key.Interval?.IntervalNanos)];
    }

    /// <summary>The kind's name in folders and views.</summary>
    public static string NameOf(SeriesKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>True when a kind has a file for each day, false for each month.</summary>
    public static bool IsDaily(SeriesKind kind) => kind is SeriesKind.Trades or SeriesKind.Book;

    /// <summary>A symbol as part of a path: letters, digits, dashes, points and underscores stay, other bytes become %XX, as in URLs and in Hive.</summary>
    /// <exception cref="StoreException">It is empty, too long, or holds a path separator or a control character.</exception>
    public static string Escape(string symbol)
    {
        if (symbol.Length is 0 or > LongestSymbol || symbol.Any(c => c is '/' or '\\' || char.IsControl(c)))
        {
            throw new StoreException(symbol, "cannot be a symbol of the store", FormattableString.Invariant($"a symbol has 1 to {LongestSymbol} characters and no slashes"));
        }

        StringBuilder text = new();
        foreach (byte symbolByte in Encoding.UTF8.GetBytes(symbol))
        {
            _ = Plain.Contains(symbolByte) ? text.Append((char)symbolByte) : text.Append('%').Append(symbolByte.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static IEnumerable<SeriesKey> SeriesIn(string kindFolder, VenueId venue, SeriesKind kind)
    {
        foreach ((string symbolFolder, string symbol) in Folders(kindFolder, "symbol"))
        {
            string name = Uri.UnescapeDataString(symbol);
            if (kind != SeriesKind.Bars)
            {
                yield return new SeriesKey(venue, kind, name, null);
                continue;
            }

            foreach ((_, string interval) in Folders(symbolFolder, "interval"))
            {
                if (BarSpec.TryParse(interval, out BarSpec spec))
                {
                    yield return new SeriesKey(venue, kind, name, spec);
                }
            }
        }
    }

    private static IEnumerable<(string Folder, string Value)> Folders(string parent, string column) => !Directory.Exists(parent) ? []
        : Directory.GetDirectories(parent, column + "=*").Order(StringComparer.Ordinal).Select(folder => (folder, Path.GetFileName(folder)[(column.Length + 1)..]));

    private static Partition? PartitionAt(string month, SeriesKind kind, string file)
    {
        string suffix = Path.GetFileNameWithoutExtension(file)[NameOf(kind).Length..];
        bool known = IsDaily(kind)
            ? DateOnly.TryParseExact(suffix, "'-'yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            : suffix.Length == 0;
        return known ? new Partition(month, NameOf(kind), suffix) : null;
    }

    private static SeriesKind? KindOf(string name) => Enum.TryParse(name, ignoreCase: true, out SeriesKind kind) && NameOf(kind) == name ? kind : null;

    private static VenueId? VenueOf(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? new VenueId(name) : null;
}
