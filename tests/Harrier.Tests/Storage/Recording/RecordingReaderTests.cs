using System.IO.Compression;
using System.Text;
using Harrier.Domain;
using Harrier.Storage.Recording;

namespace Harrier.Tests.Storage.Recording;

/// <summary>A torn end is cut off, damage is named and passed over, a part can be read alone, and plain captures are recordings too.</summary>
public sealed class RecordingReaderTests : IDisposable
{
    private readonly RecordScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Frames_FromAndTo_GivesThePartAlone()
    {
        await RecordSeconds(100);
        Timestamp first = new(_scene.Now.Nanos - (100 * Timestamp.NanosPerSecond));
        RecordingReadOptions part = new() { From = first + TimeSpan.FromSeconds(40), To = first + TimeSpan.FromSeconds(42) };

        RecordScene.Texts(RecordingReader.Open(_scene.Folder, part)).ShouldBe(["40", "41", "42"]);
        RecordScene.Texts(RecordingReader.Open(_scene.Folder, new RecordingReadOptions { From = first + TimeSpan.FromSeconds(98) })).ShouldBe(["98", "99"]);
        RecordScene.Texts(RecordingReader.Open(_scene.Folder, new RecordingReadOptions { To = first })).ShouldBe(["0"]);
        RecordScene.Texts(RecordingReader.Open(_scene.Folder, new RecordingReadOptions { From = _scene.Now })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Frames_FileIsCutOffAnywhere_GivesAllWholeBlocksAndReportsTheCut()
    {
        byte[] whole = await RecordSeconds(5);
        int most = 0;
        for (int length = whole.Length - 1; length > 200; length--)
        {
            _scene.Overwrite(whole[..length]);
            RecordingReader reader = RecordingReader.Open(_scene.Folder);
            string[] texts = RecordScene.Texts(reader);
            texts.ShouldBe(Enumerable.Range(0, texts.Length).Select(i => $"{i}"), $"{length} bytes");
            reader.Faults.Count.ShouldBeLessThanOrEqualTo(1);
            most = Math.Max(most, texts.Length);
        }

        most.ShouldBe(5);
        _scene.Overwrite([]);
        RecordingReader empty = RecordingReader.Open(_scene.Folder);
        RecordScene.Texts(empty).ShouldBeEmpty();
        empty.Faults.ShouldHaveSingleItem().Reason.ShouldContain("killed as it began");
    }

    [Fact]
    public async Task Frames_OfAFileThatWasNotClosed_SaysHowMuchIsCutOff()
    {
        byte[] whole = await RecordSeconds(3);
        int index = whole.AsSpan().IndexOf("HIDX"u8);
        _scene.Overwrite(whole[..(index - 7)]);
        RecordingReader reader = RecordingReader.Open(_scene.Folder);

        RecordScene.Texts(reader).ShouldBe(["0", "1"]);

        RecordingFault fault = reader.Faults.ShouldHaveSingleItem();
        fault.File.ShouldBe(_scene.Files[0]);
        fault.Reason.ShouldEndWith("bytes are cut off: the recorder was stopped while it wrote them");
    }

    [Fact]
    public async Task Frames_AnyByteIsFlipped_NamesItAndGivesTheRest()
    {
        byte[] whole = await RecordSeconds(6);
        int first = whole.AsSpan().IndexOf("HBLK"u8);
        int index = whole.AsSpan().IndexOf("HIDX"u8);
        for (int at = first; at < index; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            _scene.Overwrite(damaged);
            RecordingReader reader = RecordingReader.Open(_scene.Folder);
            RecordedFrame[] read = [.. reader.Frames()];

            RecordingFault fault = reader.Faults.ShouldHaveSingleItem($"byte {at}");
            fault.Offset.ShouldBeLessThanOrEqualTo(at);
            string[] texts = [.. read.Where(record => record.Kind == RecordKind.Frame).Select(record => Encoding.UTF8.GetString(record.Bytes.Span))];
            texts.Length.ShouldBe(5, $"byte {at}");
            texts.ShouldBeSubsetOf(["0", "1", "2", "3", "4", "5"]);
            read.Count(record => record.Kind == RecordKind.Hole).ShouldBe(texts.Contains("5") ? 1 : read.Length - 5);
        }
    }

    [Fact]
    public async Task Frames_IndexIsDamaged_GivesEverything()
    {
        byte[] whole = await RecordSeconds(6);
        for (int at = whole.AsSpan().IndexOf("HIDX"u8); at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            _scene.Overwrite(damaged);

            RecordScene.Texts(RecordingReader.Open(_scene.Folder, new RecordingReadOptions { From = new Timestamp(1) })).ShouldBe(["0", "1", "2", "3", "4", "5"]);
        }
    }

    [Fact]
    public async Task Open_HeaderIsDamagedOrOfALaterBuild_IsNamed()
    {
        byte[] whole = await RecordSeconds(1);
        Refusal(whole, 4, 9).ShouldContain("it has version 9, this build reads version 1");
        Refusal(whole, 0, 0).ShouldContain("it does not begin as a segment does");
        Refusal(whole, 20, 0).ShouldContain("the checksum of its header does not fit its bytes");
    }

    [Fact]
    public void Open_NothingThere_IsNamed()
    {
        Should.Throw<RecordingException>(() => RecordingReader.Open(_scene.Folder)).Message.ShouldBe($"{_scene.Folder}: there is no such file or folder");
        Directory.CreateDirectory(_scene.Folder);
        File.WriteAllText(Path.Combine(_scene.Folder, "notes.txt"), "no recording");
        Should.Throw<RecordingException>(() => RecordingReader.Open(_scene.Folder)).Message.ShouldContain("holds no recording");
    }

    [Fact]
    public void Frames_OfPlainCaptures_GivesTheirLines()
    {
        Directory.CreateDirectory(_scene.Folder);
        string lines = "1723161253937085768 {\"a\":1}\n1723161253937085769 {\"lastUpdateId\":2}\r\nnonsense\n1723161253937085770 {\"record\":\"lost\"}";
        File.WriteAllText(Path.Combine(_scene.Folder, "abcusdt_1.txt"), lines);
        using (GZipStream packed = new(File.Create(Path.Combine(_scene.Folder, "abcusdt_2.gz")), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(lines));
        }

        using (ZipArchive zip = ZipFile.Open(Path.Combine(_scene.Folder, "abcusdt_3.zip"), ZipArchiveMode.Create))
        {
            using StreamWriter entry = new(zip.CreateEntry("x.data").Open());
            entry.Write("{\"topic\":\"t\",\"ts\":1733011200691}\n");
        }

        RecordingReader reader = RecordingReader.Open(_scene.Folder);
        RecordedFrame[] read = [.. reader.Frames()];

        reader.Symbols.ShouldBe(["ABCUSDT"]);
        read.Select(record => record.Kind).ShouldBe(
            [RecordKind.Frame, RecordKind.Snapshot, RecordKind.Lost, RecordKind.Frame, RecordKind.Snapshot, RecordKind.Lost, RecordKind.Frame]);
        read.Select(record => record.Time.Nanos).ShouldBe(
            [1723161253937085768, 1723161253937085769, 1723161253937085770, 1723161253937085768, 1723161253937085769, 1723161253937085770, 1733011200691000000]);
        Encoding.UTF8.GetString(read[1].Bytes.Span).ShouldBe("{\"lastUpdateId\":2}");
        reader.Faults.Select(fault => (Path.GetFileName(fault.File), fault.Offset)).ShouldBe([("abcusdt_1.txt", 3), ("abcusdt_2.gz", 3)]);
    }

    [Theory]
    [InlineData("data/captures/binance-spot/btcusdt_20240808.gz")]
    [InlineData("data/captures/binance-usdm/btcusdt_20240808.gz")]
    public async Task Frames_OfARecordedCaptureThroughTheRecorder_AreEqualLineByLine(string file)
    {
        RecordedFrame[] lines = [.. RecordingReader.Open(SharedData.Require(file)).Frames()];
        FrameRecorder recorder = _scene.Record(new RecorderOptions { QueueBytes = 1 << 26 });
        foreach (RecordedFrame line in lines)
        {
            recorder.Add(line.Kind, line.Source, line.Time, line.Bytes.Span);
        }

        await recorder.DisposeAsync();

        RecordedFrame[] read = [.. RecordingReader.Open(_scene.Folder).Frames()];
        read.Length.ShouldBe(lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            (read[i].Kind, read[i].Source, read[i].Time).ShouldBe((lines[i].Kind, lines[i].Source, lines[i].Time));
            read[i].Bytes.Span.SequenceEqual(lines[i].Bytes.Span).ShouldBeTrue($"line {i}");
        }

        // The capture is packed by gzip at its slowest.
        recorder.Statistics.FileBytes.ShouldBeLessThan(new FileInfo(SharedData.Require(file)).Length * 60 / 100);
    }

    private string Refusal(byte[] whole, int at, byte value)
    {
        byte[] damaged = [.. whole];
        damaged[at] = value;
        _scene.Overwrite(damaged);
        return Should.Throw<RecordingException>(() => RecordingReader.Open(_scene.Folder)).Message;
    }

    /// <summary>Records the numbers from 0, one a second and each in a block of its own.</summary>
    private async Task<byte[]> RecordSeconds(int count)
    {
        FrameRecorder recorder = _scene.Record();
        for (int i = 0; i < count; i++)
        {
            _scene.Add(recorder, $"{i}");
            recorder.Write(isForced: true);
            _scene.Advance(TimeSpan.FromSeconds(1));
        }

        await recorder.DisposeAsync();
        return await File.ReadAllBytesAsync(_scene.Files[0], TestContext.Current.CancellationToken);
    }
}
