using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Simulation.Fills;
using Harrier.Storage.Journal;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Journal;

/// <summary>A recorded run can be replayed to the same orders and state; damage is found and named.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "harrier-journal-" + Environment.ProcessId + "-" + Guid.CreateVersion7().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Replay_OfARun_GivesTheSameOrdersAndState(int seed)
    {
        BacktestScenario run = Record(seed);
        ReplayOutcome outcome = Replay(run, seed);
        outcome.Divergence.ShouldBeNull();
        outcome.Decisions.ShouldBeGreaterThan(50);
        outcome.StateHash.ShouldBe(run.Engine.StateHash());
    }

    [Fact]
    public void Records_OfTheFirstVersion_AreReadAndTheirChainIsChecked()
    {
        Record(1);
        JournalRecord[] written = [.. new JournalReader(_folder).Records()];
        byte[] chain = new byte[16];
        foreach (string file in Directory.GetFiles(_folder, "*.journal").Order(StringComparer.Ordinal))
        {
            byte[] bytes = File.ReadAllBytes(file);
            for (int start = 0; start < bytes.Length;)
            {
                Span<byte> record = bytes.AsSpan(start, 26 + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(start)));
                record[5] = 1;
                chain.CopyTo(record[10..]);
                BinaryPrimitives.WriteUInt32LittleEndian(record[6..], Crc32C([.. record[..6], .. record[10..]]));
                SHA256.HashData(record).AsSpan(0, 16).CopyTo(chain);
                start += record.Length;
            }

            File.WriteAllBytes(file, bytes);
        }

        new JournalReader(_folder).Records().Select(static record => Convert.ToHexString(record.Payload.Span)).ShouldBe(written.Select(static record => Convert.ToHexString(record.Payload.Span)));

        byte[] whole = File.ReadAllBytes(written[3].Segment);
        File.WriteAllBytes(written[3].Segment, [.. whole[..(int)written[3].Offset], .. whole[(int)written[4].Offset..]]);
        Should.Throw<JournalException>(() => new JournalReader(_folder).PassingRecords().Count()).Message.ShouldContain("removed, inserted or reordered");
    }

    [Fact]
    public void PassingRecords_OfSeveralMegabytes_AreThoseThatRecordsHas()
    {
        using (FileJournal journal = new(_folder, new JournalIdentity("test", "00", [])))
        {
            for (int i = 0; i < 100_000; i++)
            {
                journal.Append(new Heartbeat(new Timestamp(i), default));
            }
        }

        List<JournalRecord> kept = [.. new JournalReader(_folder).Records()];
        new FileInfo(kept[0].Segment).Length.ShouldBeGreaterThan(3 << 20, "the journal must not fit into what is read at once");
        new JournalReader(_folder).PassingRecords().Zip(kept).Count(static pair => pair.First.Offset == pair.Second.Offset && pair.First.Payload.Span.SequenceEqual(pair.Second.Payload.Span)).ShouldBe(100_000);
    }

    [Fact]
    public void Fault_LiesInTheJournalAsItsFieldsAlone_WhateverLiesBetweenThemInMemory()
    {
        FeedFault clean = new(new InstrumentId(3), new Timestamp(5));
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<FeedFault>()];
        bytes.Fill(0xFF);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, 3);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], 5);
        ref FeedFault dirty = ref MemoryMarshal.AsRef<FeedFault>(bytes);
        dirty.ShouldBe(clean);
        using (FileJournal journal = new(_folder, new JournalIdentity("test", "00", [])))
        {
            journal.Append(in clean);
            journal.Append(in dirty);
        }

        byte[][] payloads = [.. new JournalReader(_folder).Records().Select(static record => record.Payload.ToArray())];
        payloads.Length.ShouldBe(2);
        payloads[0].Length.ShouldBe(sizeof(int) + sizeof(long));
        payloads[1].ShouldBe(payloads[0]);
    }

    [Fact]
    public void Replay_WithAnotherStrategy_NamesTheFirstDivergence()
    {
        BacktestScenario run = Record(1);
        ReplayOutcome outcome = Replay(run, 2);
        outcome.Divergence.ShouldNotBeNull().ShouldContain("recorded '");
    }

    [Fact]
    public void Reader_AfterAnyCut_KeepsEverythingBefore()
    {
        Record(1, segmentBytes: 1 << 30);
        string file = Directory.GetFiles(_folder).ShouldHaveSingleItem();
        byte[] whole = File.ReadAllBytes(file);
        long all = new JournalReader(_folder).Records().LongCount();
        foreach (int cut in Enumerable.Range(1, 60).Append(1000))
        {
            File.WriteAllBytes(file, whole.AsSpan(0, whole.Length - cut));
            JournalReader reader = new(_folder);
            long read = reader.Records().LongCount();
            read.ShouldBeLessThan(all);
            read.ShouldBeGreaterThan(all - 40);
        }
    }

    [Fact]
    public void Reader_OfAFlippedByte_NamesItsPlace()
    {
        Record(1, segmentBytes: 1 << 30);
        string file = Directory.GetFiles(_folder).ShouldHaveSingleItem();
        byte[] whole = File.ReadAllBytes(file);
        long second = new JournalReader(_folder).Records().Skip(1).First().Offset;
        whole[second + JournalPayloadOffset] ^= 1;
        File.WriteAllBytes(file, whole);
        JournalException error = Should.Throw<JournalException>(() => new JournalReader(_folder).Records().Count());
        error.Offset.ShouldBe(second);
        error.Message.ShouldContain("checksum");
    }

    [Fact]
    public void Reader_OfARemovedRecord_SeesTheBrokenChain()
    {
        Record(1, segmentBytes: 1 << 30);
        string file = Directory.GetFiles(_folder).ShouldHaveSingleItem();
        byte[] whole = File.ReadAllBytes(file);
        long[] offsets = [.. new JournalReader(_folder).Records().Take(3).Select(r => r.Offset)];
        File.WriteAllBytes(file, [.. whole[..(int)offsets[1]], .. whole[(int)offsets[2]..]]);
        Should.Throw<JournalException>(() => new JournalReader(_folder).Records().Count()).Message.ShouldContain("removed, inserted or reordered");
    }

    [Fact]
    public void Segments_RollOverAndChain()
    {
        BacktestScenario run = Record(1, segmentBytes: 4096);
        Directory.GetFiles(_folder).Length.ShouldBeGreaterThan(3);
        Replay(run, 1).StateHash.ShouldBe(run.Engine.StateHash());
        File.Delete(Path.Combine(_folder, "00000002.journal"));
        Should.Throw<JournalException>(() => new JournalReader(_folder).Records().Count());
    }

    [Fact]
    public void Header_HoldsBuildConfigurationAndInstruments()
    {
        BacktestScenario run = Record(1);
        JournalIdentity identity = new JournalReader(_folder).Identity;
        identity.Build.ShouldBe("test");
        identity.ConfigHash.ShouldBe("abc");
        identity.Instruments.ShouldHaveSingleItem().ShouldBe(run.Instrument.Definition);
    }

    [Fact]
    public void Writer_IntoAFolderWithAJournal_IsRefused()
    {
        Record(1);
        Should.Throw<IOException>(() => new FileJournal(_folder, new JournalIdentity("test", "abc", [])));
    }

    // Length, type, version, CRC and chain stand before the payload.
    private const int JournalPayloadOffset = 26;

    private BacktestScenario Record(int seed, long segmentBytes = 64 << 10)
    {
        BacktestScenario shape = Shape(null);
        using FileJournal journal = new(_folder, new JournalIdentity("test", "abc", [shape.Instrument.Definition]), segmentBytes);
        BacktestScenario run = Shape(journal);
        run.Prepare(RandomBars.Walk(seed, 300), new RandomTrader(seed));
        run.Loop.Play(long.MaxValue);
        run.Loop.CloseOut();
        return run;
    }

    private ReplayOutcome Replay(BacktestScenario recorded, int seed) => JournalReplay.Run(
        new JournalReader(_folder),
        venue => new TradingEngine(recorded.Options(recorded.Instrument, new RandomTrader(seed)), new EngineSurroundings(venue)));

    private static BacktestScenario Shape(FileJournal? journal) => new()
    {
        Kind = InstrumentKind.LinearPerpetual,
        Lot = 0.01m,
        Balance = 5_000m,
        Journal = journal,
        Fills = new FillOptions { MaxVolumeShare = 0.05, Leverage = 5 },
        Protection = new() { StopLoss = 0.02m, TakeProfit = 0.03m },
    };

    // Castagnoli's polynomial, bit by bit.
    private static uint Crc32C(byte[] bytes)
    {
        uint crc = 0;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        return crc;
    }
}
