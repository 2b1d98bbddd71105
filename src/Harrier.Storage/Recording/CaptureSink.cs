using System.Globalization;
using System.IO.Compression;
using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>
/// Writes plain captures, a file per symbol: lines of <c>&lt;unix ns&gt; &lt;json&gt;</c> in gzip, a member of its own each time, so that what was written before a
/// crash can be read by anything that reads gzip. What names no symbol goes to a file of its own, events of connections and holes to every file.
/// </summary>
internal sealed class CaptureSink : IRecordSink
{
    private const string NoSymbol = "CONNECTION";

    private readonly string _folder;
    private readonly RecorderOptions _options;
    private readonly Dictionary<string, CaptureFile> _files = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _symbols;
    private Timestamp? _seen;
    private Timestamp _named;
    private long _pending;
    private long _finished;

    public CaptureSink(string folder, RecordingHeader header, RecorderOptions options)
    {
        (_folder, _options, _named) = (folder, options, header.Start);
        _symbols = [.. header.Symbols, NoSymbol];
    }

    public int Files { get; private set; }

    public long Bytes => _finished + _files.Values.Sum(file => file.Written);

    public bool TryAdd(RecordKind kind, RecordSource source, Timestamp time, ReadOnlySpan<byte> text)
    {
        if (_pending >= _options.BlockBytes)
        {
            return false;
        }

        foreach (string name in kind >= RecordKind.Opened ? _symbols : [source.Symbol ?? NoSymbol])
        {
            _pending += Of(name).Add(time, text);
        }

        return true;
    }

    public void Flush(Timestamp now, bool isForced)
    {
        _seen = _pending == 0 ? null : _seen ?? now;
        bool isDue = isForced || _pending >= _options.BlockBytes || (_seen is { } seen && now - seen >= _options.FlushEvery);
        if (!isDue || _pending == 0)
        {
            return;
        }

        Directory.CreateDirectory(_folder);
        foreach (CaptureFile file in _files.Values)
        {
            file.Write();
        }

        _pending = 0;
        _seen = null;
        if (Bytes - _finished >= _options.SegmentBytes || now - _named >= _options.SegmentTime)
        {
            _finished = Bytes;
            _files.Clear();
            _named = now;
        }
    }

    public void Close(Timestamp now) => Flush(now, isForced: true);

    public void Dispose()
    {
    }

    private CaptureFile Of(string symbol)
    {
        if (!_files.TryGetValue(symbol, out CaptureFile? file))
        {
            string name = string.Concat(symbol.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_'));
            string stamp = _named.ToDateTimeOffset().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'.'fff'Z'", CultureInfo.InvariantCulture);
            file = new CaptureFile(Path.Combine(_folder, $"{name}_{stamp}.gz"));
            _files.Add(symbol, file);
            Files++;
        }

        return file;
    }

    private sealed class CaptureFile(string path)
    {
        private readonly ByteList _lines = new();

        public long Written { get; private set; }

        public int Add(Timestamp time, ReadOnlySpan<byte> text)
        {
            Span<byte> room = _lines.Room(text.Length + 22);
            time.Nanos.TryFormat(room, out int used, default, CultureInfo.InvariantCulture);
            room[used++] = (byte)' ';
            text.CopyTo(room[used..]);

            // Between values JSON takes a space for the end of a line, and inside of texts it allows none: a line stays one.
            Span<byte> line = room.Slice(used, text.Length);
            line.Replace((byte)'\n', (byte)' ');
            line.Replace((byte)'\r', (byte)' ');
            used += text.Length;
            room[used++] = (byte)'\n';
            _lines.Advance(used);
            return used;
        }

        public void Write()
        {
            if (_lines.Count == 0)
            {
                return;
            }

            using MemoryStream member = new();
            using (GZipStream packer = new(member, CompressionLevel.Optimal, leaveOpen: true))
            {
                packer.Write(_lines.Span);
            }

            using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
            try
            {
                file.SetLength(Written);
                file.Position = Written;
                file.Write(member.GetBuffer().AsSpan(0, (int)member.Length));
            }
            catch (IOException)
            {
                file.SetLength(Math.Min(file.Length, Written));
                throw;
            }

            Written += member.Length;
            _lines.Clear();
        }
    }
}
