using System.Buffers;
using System.Globalization;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Journal;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;

namespace Harrier.Storage.Journal;

/// <summary>
/// A journal in segment files <c>00000001.journal</c>, <c>00000002.journal</c>, ... of one folder.
/// </summary>
public sealed class FileJournal : IJournal, IDisposable
{
    private readonly string _folder;
    private readonly JournalIdentity _identity;
    private readonly long _segmentBytes;
    private readonly ArrayBufferWriter<byte> _payload = new(256);
    private readonly RecordFile _file;
    private ReplayedRecords? _replayed;
    private int _segment;

    /// <summary>Starts a journal in an empty or new folder.</summary>
    /// <param name="folder">Where segments go; created when missing.</param>
    /// <param name="identity">What the segments say about the engine.</param>
    /// <param name="segmentBytes">Size after which a new segment begins, 4096 or more.</param>
    /// <exception cref="IOException">The folder already holds a journal, or cannot be written.</exception>
    public FileJournal(string folder, JournalIdentity identity, long segmentBytes = 256L << 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentBytes, 4096);
        _folder = folder;
        _file = new RecordFile($"the journal in {folder}");
        _identity = identity;
        _segmentBytes = segmentBytes;
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFiles(folder, "*.journal").Any())
        {
            throw new IOException($"{folder} already holds a journal");
        }

        OpenSegment();
    }

    /// <inheritdoc/>
    public void Append(in Bar bar)
    {
        StateWriter writer = Begin();
        writer.WriteRaw(in bar);
        WriteRecord(JournalRecordType.Bar);
    }

    /// <inheritdoc/>
    public void Append(in MarketEvent marketEvent)
    {
        StateWriter writer = Begin();
        writer.WriteRaw(in marketEvent);
        WriteRecord(JournalRecordType.Market);
    }

    /// <inheritdoc/>
    public void Append(in ExecutionReport report)
    {
        StateWriter writer = Begin();
        report.Save(ref writer);
        WriteRecord(JournalRecordType.Execution);
    }

    /// <inheritdoc/>
    public void Append(in AccountReport report)
    {
        StateWriter writer = Begin();
        writer.Write(report.Bot.Index);
        writer.Write(report.Amount.Amount);
        writer.Write(report.Amount.Asset.Code);
        writer.Write(report.Time);
        WriteRecord(JournalRecordType.Account);
    }

    /// <inheritdoc/>
    public void Append(in ConversionReport report)
    {
        StateWriter writer = Begin();
        ConversionRecord.Write(ref writer, in report);
        WriteRecord(JournalRecordType.Conversion);
    }

    /// <inheritdoc/>
    public void Append(in FeedFault fault)
    {
        StateWriter writer = Begin();
        FaultRecord.Write(ref writer, in fault);
        WriteRecord(JournalRecordType.FeedFault);
    }

    /// <inheritdoc/>
    public void Append(in OperatorCommand command)
    {
        StateWriter writer = Begin();
        OperatorRecord.Write(ref writer, in command);
        WriteRecord(JournalRecordType.Operator);
    }

    /// <inheritdoc/>
    public void Append(in Heartbeat heartbeat)
    {
        StateWriter writer = Begin();
        writer.WriteRaw(in heartbeat);
        WriteRecord(JournalRecordType.Heartbeat);
    }

    /// <inheritdoc/>
    public void AppendSubmitted(ApprovedOrder order, Timestamp time)
    {
        StateWriter writer = Begin();
        ClientOrderId id = order.Id;
        writer.WriteRaw(in id);
        writer.Write(order.Bot.Index);
        writer.WriteRaw(in order.Intent);
        writer.Write(time);
        WriteRecord(JournalRecordType.Submitted);
    }

    /// <inheritdoc/>
    public void AppendCancel(ClientOrderId order, Timestamp time)
    {
        StateWriter writer = Begin();
        writer.WriteRaw(in order);
        writer.Write(time);
        WriteRecord(JournalRecordType.Cancel);
    }

    /// <inheritdoc/>
    public void AppendDenied(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time)
    {
        StateWriter writer = Begin();
        writer.Write(bot.Index);
        writer.WriteRaw(in intent);
        writer.Write((byte)reason.Rule);
        writer.Write(reason.Value);
        writer.Write(reason.Limit);
        writer.Write(time);
        WriteRecord(JournalRecordType.Denied);
    }

    /// <inheritdoc/>
    public void AppendFailure(in BotFailure failure)
    {
        StateWriter writer = Begin();
        writer.Write(failure.Bot.Index);
        writer.Write((byte)failure.Fault);
        writer.Write(failure.Count);
        writer.Write(failure.RestartAt);
        writer.Write(failure.Time);
        WriteRecord(JournalRecordType.Failure);
    }

    /// <summary>Hands everything appended to the operating system and, if asked, to the disk.</summary>
    public void Flush(bool toDisk)
    {
        if (_replayed is null)
        {
            _file.Flush(toDisk);
        }
    }

    /// <summary>What is appended from now on goes there and into no file.</summary>
    public void Divert(ReplayedRecords replayed) => _replayed = replayed;

    /// <summary>Flushes to disk and closes.</summary>
    public void Dispose() => _file.Dispose();

    private StateWriter Begin()
    {
        ObjectDisposedException.ThrowIf(!_file.IsOpen, this);
        if (_file.Position >= _segmentBytes)
        {
            _file.Dispose();
            OpenSegment();
        }

        _payload.ResetWrittenCount();
        return new StateWriter(_payload);
    }

    private void WriteRecord(JournalRecordType type)
    {
        if (_replayed is null)
        {
            _file.Write((byte)type, _payload.WrittenSpan);
        }
        else
        {
            _replayed.Add(type, _payload.WrittenSpan);
        }
    }

    private void OpenSegment()
    {
        _segment++;
        string path = Path.Combine(_folder, _segment.ToString("D8", CultureInfo.InvariantCulture) + ".journal");
        _file.Open(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16));
        StateWriter writer = Begin();
        writer.Write(JournalFormat.Magic);
        writer.Write(JournalFormat.SchemaVersion);
        writer.Write(_identity.Build);
        writer.Write(_identity.ConfigHash);
        writer.Write(unchecked((int)_identity.Run));
        writer.Write(_identity.Instruments.Count);
        foreach (InstrumentDefinition definition in _identity.Instruments)
        {
            JournalFormat.WriteInstrument(ref writer, definition);
        }

        WriteRecord(default);
    }
}
