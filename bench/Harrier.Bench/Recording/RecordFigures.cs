using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Storage.Recording;

namespace Harrier.Bench.Recording;

/// <summary>
/// A recording (<c>--capture FILE</c>) through the recorder and back, on one thread: what the receiving thread pays for a message, what packing and writing
/// cost, what reading costs, and how many bytes are left of a trade and of a change of the book, beside the same in gzip.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class RecordFigures(TimeProvider time) : IFigureArea
{
    private static readonly RecordingHeader Header = new() { Venue = new VenueId("bench"), Symbols = ["BTCUSDT"], Channels = ["trades", "book"], Build = "bench", Start = default };

    /// <inheritdoc/>
    public string Name => "record";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        if (!options.TryGetValue("capture", out string? capture))
        {
            yield break;
        }

        CaptureMessages messages = CaptureMessages.Of(capture);
        string folder = Directory.CreateTempSubdirectory("harrier-bench-").FullName;
        try
        {
            foreach (Figure figure in Speed(messages, folder).Concat(Sizes(messages, folder)))
            {
                yield return figure;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private IEnumerable<Figure> Speed(CaptureMessages messages, string folder)
    {
        Repetitions repetitions = new(time);
        foreach ((string what, IReadOnlyList<RecordedFrame> some) in ((string, IReadOnlyList<RecordedFrame>)[])
            [("message of all kinds", messages.All), ("depth message", messages.Depth), ("trade", messages.Trades)])
        {
            yield return repetitions.NanosecondsPer(Name, what + " taken, packed and written, one core", "ns", some.Count, () => Record(some, folder));
        }

        Record(messages.All, folder);
        int read = 0;
        yield return repetitions.NanosecondsPer(Name, "message of all kinds read back", "ns", messages.All.Count, () => read = RecordingReader.Open(folder).Frames().Count());
        Figure taken = new(Name, "message of all kinds taken: all that the feed waits for", "ns", 0, 0, 0);
        FrameRecorder recorder = Recorder(folder, 1 << 26);
        yield return repetitions.NanosecondsPer(taken, messages.All.Count, () => recorder = Recorder(folder, 1 << 26), () => Take(recorder, messages.All));
    }

    private IEnumerable<Figure> Sizes(CaptureMessages messages, string folder)
    {
        foreach ((string what, IReadOnlyList<RecordedFrame> some, string csv, int count) in (
            (string, IReadOnlyList<RecordedFrame>, string, int)[])
            [
                ("trade", messages.Trades, messages.TradesCsv, messages.Trades.Count),
                ("depth message", messages.Depth, messages.LevelsCsv, messages.Depth.Count),
                ("level change", messages.Depth, messages.LevelsCsv, messages.LevelCount),
                ("message of all kinds", messages.All, "", messages.All.Count),
            ])
        {
            yield return Bytes($"{what}, segment", Record(some, folder), count);
            yield return Bytes($"{what}, JSON as it came, with its time", CaptureMessages.Lines(some).Length, count);
            yield return Bytes($"{what}, the same in gzip", CaptureMessages.Gzip(CaptureMessages.Lines(some)), count);
            if (csv.Length > 0)
            {
                yield return Bytes($"{what}, its values as CSV in gzip", CaptureMessages.Gzip(System.Text.Encoding.UTF8.GetBytes(csv)), count);
            }
        }
    }

    private Figure Bytes(string name, long bytes, int count)
    {
        double each = (double)bytes / count;
        return new Figure(Name, name, "bytes", each, each, each);
    }

    /// <summary>Records messages in portions, as the writing task finds them, into an empty folder.</summary>
    /// <returns>Bytes in files.</returns>
    private long Record(IReadOnlyList<RecordedFrame> messages, string folder)
    {
        const int Portion = 1000;
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            File.Delete(file);
        }

        FrameRecorder recorder = Recorder(folder, 1 << 25);
        for (int i = 0; i < messages.Count; i += Portion)
        {
            Take(recorder, [.. messages.Skip(i).Take(Portion)]);
            recorder.Write(isForced: false);
        }

        recorder.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return recorder.Statistics.FileBytes;
    }

    // One that was never started and never disposed of holds nothing but memory.
    private FrameRecorder Recorder(string folder, int queue) =>
        new(folder, Header, new RecorderOptions { QueueBytes = queue }, time, static line => throw new InvalidOperationException(line));

    private static void Take(FrameRecorder recorder, IReadOnlyList<RecordedFrame> messages)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            RecordedFrame message = messages[i];
            recorder.Add(message.Kind, message.Source, message.Time, message.Bytes.Span);
        }
    }
}
