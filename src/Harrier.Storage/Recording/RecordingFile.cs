namespace Harrier.Storage.Recording;

/// <summary>A file of a recording.</summary>
public sealed class RecordingFile
{
    private readonly SegmentReader? _segment;
    private readonly RecordingFault? _fault;

    private RecordingFile(string path, SegmentReader? segment, RecordingFault? fault = null) => (Path, _segment, _fault) = (path, segment, fault);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>What it says about itself; null for a plain capture.</summary>
    public RecordingHeader? Header => _segment?.Header;

    /// <summary>Its symbols; of a plain capture the one by which it is named.</summary>
    public IReadOnlyList<string> Symbols => Header?.Symbols ?? (_fault is null ? [CaptureText.SymbolOf(Path)] : []);

    /// <summary>True for names that recorders give to segments.</summary>
    public static bool IsSegment(string path) => path.EndsWith(SegmentFormat.Extension, StringComparison.OrdinalIgnoreCase);

    internal static IReadOnlyList<RecordingFile> Find(string path)
    {
        if (File.Exists(path))
        {
            return IsSegment(path) || CaptureText.IsCapture(path) ? [Open(path)] : [];
        }

        if (!Directory.Exists(path))
        {
            throw new RecordingException(path, "there is no such file or folder");
        }

        RecordingFile[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => IsSegment(file) || CaptureText.IsCapture(file)).Select(Open)];
        return [.. files.OrderBy(file => file.Header?.Start.Nanos ?? long.MinValue).ThenBy(file => file.Path, StringComparer.Ordinal)];
    }

    internal IEnumerable<RecordedFrame> Records(RecordingReadOptions options, ICollection<RecordingFault> faults)
    {
        if (_fault is not null)
        {
            faults.Add(_fault);
            return [];
        }

        return _segment?.Records(options, faults) ?? CaptureText.Records(Path, options, faults);
    }

    private static RecordingFile Open(string path)
    {
        if (!IsSegment(path))
        {
            return new RecordingFile(path, null);
        }

        try
        {
            return new RecordingFile(path, new SegmentReader(path));
        }
        catch (EndOfStreamException)
        {
            return new RecordingFile(path, null, new RecordingFault(path, 0, "it ends within its header and holds no record: the recorder was killed as it began"));
        }
    }
}
