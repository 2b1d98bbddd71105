using System.Text;
using Harrier.Domain;
using Harrier.Storage.Recording;

namespace Harrier.Tests.Storage.Recording;

/// <summary>What was taken is in the files, in order, or a hole says how much is not.</summary>
public sealed class FrameRecorderTests : IDisposable
{
    private readonly RecordScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task DisposeAsync_AfterEveryKindOfRecord_LeavesThemBehindEqual()
    {
        RecordSource rest = new("rest", 0, "ABCUSDT");
        (RecordKind Kind, RecordSource Source, Timestamp Time, byte[] Text)[] records =
        [
            (RecordKind.Opened, RecordScene.Stream, new Timestamp(1_795_914_572_888_822_123), RecordEvents.Connection(RecordKind.Opened, "stream#1", 1, null)),
            (RecordKind.Frame, RecordScene.Stream, new Timestamp(1_795_914_572_888_822_200), Encoding.UTF8.GetBytes(RecordScene.Trade(1))),
            (RecordKind.Snapshot, rest, new Timestamp(1_795_914_573_004_322_900), [.. "{\"lastUpdateId\":2266,\"bids\":[[\"1.50\",\"2\"]]}"u8]),
            (RecordKind.Frame, RecordScene.Stream, new Timestamp(1_795_914_573_000_000_000), [.. "not JSON \n at all \xff"u8]),
            (RecordKind.Frame, RecordScene.Stream, new Timestamp(0), []),
            (RecordKind.Frame, RecordScene.Stream, new Timestamp(long.MaxValue), [.. "1"u8]),
            (RecordKind.Lost, RecordScene.Stream, new Timestamp(-5), RecordEvents.Connection(RecordKind.Lost, "stream#1", 1, "Cut (1006): \"gone\"")),
        ];
        FrameRecorder recorder = _scene.Record();
        foreach ((RecordKind kind, RecordSource source, Timestamp time, byte[] text) in records)
        {
            recorder.Add(kind, source, time, text);
        }

        await recorder.DisposeAsync();

        RecordingReader reader = RecordingReader.Open(_scene.Folder);
        RecordedFrame[] read = [.. reader.Frames()];
        read.Select(record => (record.Kind, record.Source, record.Time)).ShouldBe(records.Select(record => (record.Kind, record.Source, record.Time)));
        read.Select(record => record.Bytes.ToArray()).ShouldBe(records.Select(record => record.Text));
        reader.Faults.ShouldBeEmpty();
        RecordingHeader header = reader.Files.ShouldHaveSingleItem().Header.ShouldNotBeNull();
        (header.Venue.Name, header.Build, header.Start).ShouldBe(("sim-test", "1.2.3", _scene.Now));
        (string.Join(',', header.Symbols), string.Join(',', header.Channels)).ShouldBe(("ABCUSDT,XYZUSDT", "trades,book"));
        Path.GetFileName(_scene.Files[0]).ShouldBe("sim-test_20261129T120000.000Z.hrec");
    }

    [Fact]
    public async Task Write_SymbolOfFrameIsKnown_CanBeReadAlone()
    {
        FrameRecorder recorder = _scene.Record();
        recorder.SymbolOf = text => text.IndexOf("ABC"u8) >= 0 ? "ABCUSDT" : text.IndexOf("XYZ"u8) >= 0 ? "XYZUSDT" : null;
        _scene.Add(recorder, "ABC 1");
        _scene.Add(recorder, "XYZ 2");
        _scene.Add(recorder, "nobody's");
        recorder.Add(RecordKind.Lost, RecordScene.Stream, _scene.Now, "{}"u8);
        _scene.Add(recorder, "ABC 3");
        await recorder.DisposeAsync();

        RecordScene.Texts(RecordingReader.Open(_scene.Folder).Of("ABCUSDT")).ShouldBe(["ABC 1", "{}", "ABC 3"]);
        RecordScene.Texts(RecordingReader.Open(_scene.Folder).Of("XYZUSDT")).ShouldBe(["XYZ 2", "{}"]);
    }

    [Fact]
    public async Task Write_SegmentIsFullOrOld_GoesOnInTheNext()
    {
        RecorderOptions options = new() { SegmentBytes = 500, SegmentTime = TimeSpan.FromMinutes(1), BlockBytes = 1 };
        FrameRecorder recorder = _scene.Record(options);
        List<string> texts = [];
        for (int i = 0; i < 40; i++)
        {
            texts.Add(RecordScene.Trade(i));
            _scene.Add(recorder, texts[^1]);
            recorder.Write(isForced: true);
            _scene.Advance(i == 20 ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(1));
        }

        await recorder.DisposeAsync();

        _scene.Files.Length.ShouldBeGreaterThan(3);
        recorder.Statistics.Files.ShouldBe(_scene.Files.Length);
        recorder.Statistics.FileBytes.ShouldBe(_scene.Files.Sum(file => new FileInfo(file).Length));
        RecordScene.Texts(RecordingReader.Open(_scene.Folder)).ShouldBe(texts);
    }

    [Fact]
    public async Task Write_TwoRecordersBeginInOneInstant_EachHasItsFile()
    {
        FrameRecorder first = _scene.Record();
        FrameRecorder second = _scene.Record();
        _scene.Add(first, "1");
        _scene.Add(second, "2");
        await first.DisposeAsync();
        await second.DisposeAsync();

        RecordScene.Texts(RecordingReader.Open(_scene.Folder)).ShouldBe(["1", "2"], ignoreOrder: true);
    }

    [Fact]
    public async Task Write_MoreThanTheQueueHolds_LeavesAHoleInItsPlace()
    {
        FrameRecorder recorder = _scene.Record(new RecorderOptions { QueueBytes = 100 });
        string text = new('x', 30);
        for (int i = 0; i < 5; i++)
        {
            _scene.Add(recorder, text + i);
            _scene.Advance(TimeSpan.FromSeconds(1));
        }

        _scene.Add(recorder, "y");
        recorder.Write(isForced: false);
        _scene.Add(recorder, "z");
        await recorder.DisposeAsync();

        RecordedFrame[] read = [.. RecordingReader.Open(_scene.Folder).Frames()];
        string[] texts = [.. read.Select(record => Encoding.UTF8.GetString(record.Bytes.Span))];
        texts.ShouldBe([text + 0, text + 1, """{"record":"hole","records":4,"bytes":94,"from_ns":1795953602000000000,"to_ns":1795953605000000000,"reason":"came faster than it could be written"}""", "z"]);
        read[2].Kind.ShouldBe(RecordKind.Hole);
        (recorder.Statistics.Lost, recorder.Statistics.Holes, recorder.Statistics.Records).ShouldBe((4, 1, 7));
        _scene.Warnings.ShouldBe(["4 records are missing from 2026-11-29T12:00:02Z to 2026-11-29T12:00:05Z; the recording has a hole there"]);
    }

    [Fact]
    public async Task Write_DiskRefuses_GoesOnWhereItStoppedWhenItTakesAgain()
    {
        FrameRecorder recorder = _scene.Record();
        _scene.Obstruct();
        _scene.Add(recorder, "1");
        recorder.Write(isForced: true);
        recorder.Statistics.Fault.ShouldNotBeNull();
        _scene.Add(recorder, "2");
        recorder.Write(isForced: true);
        _scene.Warnings.ShouldHaveSingleItem().ShouldStartWith("the recording cannot be written: ");

        File.Delete(_scene.Folder);
        _scene.Advance(TimeSpan.FromSeconds(1));
        recorder.Write(isForced: false);
        recorder.Statistics.Fault.ShouldNotBeNull("it was tried too soon");
        _scene.Advance(TimeSpan.FromSeconds(2));
        recorder.Write(isForced: false);
        await recorder.DisposeAsync();

        recorder.Statistics.Fault.ShouldBeNull();
        _scene.Warnings[^1].ShouldBe("the recording can be written again");
        RecordScene.Texts(RecordingReader.Open(_scene.Folder)).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task DisposeAsync_DiskRefusesToTheEnd_SaysSo()
    {
        FrameRecorder recorder = _scene.Record();
        _scene.Obstruct();
        _scene.Add(recorder, "1");

        await recorder.DisposeAsync();

        recorder.Statistics.Fault.ShouldNotBeNull();
    }

    [Fact]
    public async Task Write_ASecondPassedOrTheBlockIsFull_IsInTheFileAlready()
    {
        FrameRecorder recorder = _scene.Record(new RecorderOptions { BlockBytes = 100 });
        _scene.Add(recorder, "short");
        recorder.Write(isForced: false);
        Directory.Exists(_scene.Folder).ShouldBeFalse();
        _scene.Advance(TimeSpan.FromSeconds(1));
        recorder.Write(isForced: false);
        RecordScene.Texts(RecordingReader.Open(_scene.Folder)).ShouldBe(["short"]);

        _scene.Add(recorder, new string('x', 100));
        recorder.Write(isForced: false);
        RecordScene.Texts(RecordingReader.Open(_scene.Folder)).Length.ShouldBe(2);
        await recorder.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_AsCapture_LeavesLinesPerSymbolThatAnyoneCanRead()
    {
        FrameRecorder recorder = _scene.Record(new RecorderOptions { IsCapture = true, BlockBytes = 10 });
        recorder.SymbolOf = text => text.IndexOf("ABC"u8) >= 0 ? "ABCUSDT" : null;
        recorder.Add(RecordKind.Opened, RecordScene.Stream, _scene.Now, RecordEvents.Connection(RecordKind.Opened, "stream#1", 1, null));
        _scene.Add(recorder, "{\"ABC\":1}");
        recorder.Add(RecordKind.Snapshot, new RecordSource("rest", 0, "XYZUSDT"), _scene.Now, "{\"lastUpdateId\":\n5}"u8);
        _scene.Add(recorder, "{\"result\":null}");
        await recorder.DisposeAsync();

        _scene.Files.Select(Path.GetFileName).ShouldBe(
            ["ABCUSDT_20261129T120000.000Z.gz", "CONNECTION_20261129T120000.000Z.gz", "XYZUSDT_20261129T120000.000Z.gz"]);
        RecordingReader reader = RecordingReader.Open(_scene.Folder);
        string opened = """{"record":"opened","connection":"stream#1","session":1}""";
        RecordScene.Texts(reader.Of("ABCUSDT"))[..2].ShouldBe([opened, "{\"ABC\":1}"]);
        RecordScene.Texts(reader.Of("XYZUSDT")).ShouldContain("{\"lastUpdateId\": 5}");
        reader.Of("XYZUSDT").Frames().Count(record => record.Kind == RecordKind.Snapshot).ShouldBe(1);
        using StreamReader plain = new(new System.IO.Compression.GZipStream(File.OpenRead(_scene.Files[1]), System.IO.Compression.CompressionMode.Decompress));
        (await plain.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe($"1795953600000000000 {opened}\n1795953600000000000 {{\"result\":null}}\n");
    }
}
