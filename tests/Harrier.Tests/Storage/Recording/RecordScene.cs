using System.Text;
using Harrier.Domain;
using Harrier.Storage.Recording;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Recording;

/// <summary>A recorder whose clock stands still until it is moved, and that writes when it is told to.</summary>
internal sealed class RecordScene : TimeProvider, IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private DateTimeOffset _now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    public static RecordSource Stream { get; } = new("stream#1", 1, null);

    public string Folder => Path.Combine(_temporary.Path, "recording");

    public List<string> Warnings { get; } = [];

    public Timestamp Now => Timestamp.From(_now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public string[] Files => [.. Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal)];

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public void Advance(TimeSpan time) => _now += time;

    public FrameRecorder Record(RecorderOptions? options = null) => new(
        Folder,
        new RecordingHeader { Venue = new VenueId("sim-test"), Symbols = ["ABCUSDT", "XYZUSDT"], Channels = ["trades", "book"], Build = "1.2.3", Start = Now },
        options ?? new RecorderOptions(),
        this,
        Warnings.Add);

    /// <summary>Adds a message at the time of the clock.</summary>
    public void Add(FrameRecorder recorder, string text) => recorder.Add(RecordKind.Frame, Stream, Now, Encoding.UTF8.GetBytes(text));

    /// <summary>Texts of all records of a recording.</summary>
    public static string[] Texts(RecordingReader reader) => [.. reader.Frames().Select(record => Encoding.UTF8.GetString(record.Bytes.Span))];

    public static string Trade(int id) => $$$"""{"stream":"abcusdt@trade","data":{"e":"trade","E":{{{1_795_914_573_014 + id}}},"s":"ABCUSDT","t":{{{id}}},"p":"80955.8{{{id % 10}}}000000","q":"0.0{{{id % 7}}}306000","T":1,"m":true}}""";

    /// <summary>Puts other bytes in the place of the first file.</summary>
    public void Overwrite(byte[] bytes) => File.WriteAllBytes(Files[0], bytes);

    /// <summary>Puts a file where the folder should be, so that nothing can be written.</summary>
    public void Obstruct() => File.WriteAllText(Folder, "a file where the folder should be");

    public void Dispose() => _temporary.Dispose();
}
