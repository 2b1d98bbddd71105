namespace Harrier.Storage.Recording;

/// <summary>
/// Reads recordings: segments, and plain captures as text, gzip or zip; one file or a folder of them in the order in which they were recorded. Memory does not
/// grow with the recording.
/// </summary>
public sealed class RecordingReader
{
    private readonly IReadOnlyList<RecordingFile> _files;
    private readonly RecordingReadOptions _options;
    private readonly List<RecordingFault> _faults = [];

    private RecordingReader(IReadOnlyList<RecordingFile> files, RecordingReadOptions options) => (_files, _options) = (files, options);

    /// <summary>Opens a recording; of segments the headers are read.</summary>
    /// <param name="path">A file, or a folder that is searched with all folders in it. Files that are no recordings are passed over.</param>
    /// <param name="options">What is wanted; null for everything.</param>
    /// <exception cref="RecordingException">There is none, or a segment is none that this build reads.</exception>
    public static RecordingReader Open(string path, RecordingReadOptions? options = null) => Of(RecordingFile.Find(path), path, options);

    /// <summary>As <see cref="Open"/>, of segments alone.</summary>
    /// <exception cref="RecordingException">There is none, or one is none that this build reads.</exception>
    public static RecordingReader Segments(string path, RecordingReadOptions? options = null) =>
        Of([.. RecordingFile.Find(path).Where(file => RecordingFile.IsSegment(file.Path))], path, options);

    /// <summary>The files in the order in which they are read.</summary>
    public IReadOnlyList<RecordingFile> Files => _files;

    /// <summary>The symbols of all files, sorted.</summary>
    public IReadOnlyList<string> Symbols => [.. _files.SelectMany(file => file.Symbols).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>What could not be read the last time that <see cref="Frames"/> was read.</summary>
    public IReadOnlyList<RecordingFault> Faults => _faults;

    /// <summary>The same recording, of one symbol.</summary>
    public RecordingReader Of(string symbol) => new(_files, _options with { Symbol = symbol });

    /// <summary>The records, in the order in which they came. May be read again; one reader at a time.</summary>
    /// <exception cref="IOException">A file cannot be read any more.</exception>
    public IEnumerable<RecordedFrame> Frames()
    {
        _faults.Clear();
        foreach (RecordingFile file in _files)
        {
            if (_options.To is { } to && file.Header is { } header && header.Start > to)
            {
                continue;
            }

            foreach (RecordedFrame record in file.Records(_options, _faults))
            {
                yield return record;
            }
        }
    }

    private static RecordingReader Of(IReadOnlyList<RecordingFile> files, string path, RecordingReadOptions? options)
    {
        RecordingFile[] wanted = [.. files.Where(file => options?.Files?.Invoke(file) ?? true)];
        return wanted.Length > 0
            ? new RecordingReader(wanted, options ?? new RecordingReadOptions())
            : throw new RecordingException(path, "holds no recording: no segment and no capture");
    }
}
