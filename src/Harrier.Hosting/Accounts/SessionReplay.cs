using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Storage.Journal;
using Harrier.Storage.Sessions;

namespace Harrier.Hosting.Accounts;

/// <summary>What came out of a replay.</summary>
/// <param name="Inputs">Inputs fed.</param>
/// <param name="Records">Records of the journal, all of which were compared.</param>
/// <param name="Divergence">The first difference between what was recorded and what came out now; null when there is none.</param>
/// <param name="HasTornTail">True when the last record was cut off, as a crash leaves it.</param>
public sealed record SessionOutcome(long Inputs, long Records, string? Divergence, bool HasTornTail);

/// <summary>
/// Feeds the inputs of a session's journal into an account that has the state with which the session began. Whatever the account would journal
/// must be what was recorded, byte for byte: inputs, orders, refusals and fills. What a crash cut off at the end comes out whole. Recovery after a crash and the proof of a session are this same replay.
/// </summary>
public static class SessionReplay
{
    /// <summary>Replays.</summary>
    /// <param name="session">The session's folder.</param>
    /// <param name="account">The account, restored to the session's start; its journal is closed at the end, and holds nothing of the replay.</param>
    /// <param name="after">Told after each input; null when nobody looks.</param>
    /// <exception cref="JournalException">The session's journal is damaged.</exception>
    public static SessionOutcome Run(string session, TradingAccount account, Action? after = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!HasJournal(session))
        {
            return new SessionOutcome(0, 0, null, false);
        }

        account.Engine.BeginCalls(SessionFence.Read(session));
        ReplayedRecords made = new();
        account.Divert(made);
        JournalReader recorded = new(session);
        (long inputs, long records, string? divergence) = (0, 0, null);
        foreach (JournalRecord record in recorded.PassingRecords())
        {
            bool isInput = Feed(account, record);
            if (divergence is null)
            {
                records++;
                divergence = made.Compare(in record) is { } now ? $"{record.Segment} at byte {record.Offset}, record {records}: recorded {record.Type}, replayed {now}" : null;
            }

            if (isInput)
            {
                inputs++;
                after?.Invoke();
            }

            if (divergence is not null)
            {
                made.Stop();
            }
        }

        account.CloseJournal();
        return new SessionOutcome(inputs, records, divergence, recorded.HasTornTail);
    }

    /// <summary>Feeds the inputs of a session up to an instant, without comparing what comes out.</summary>
    /// <param name="session">The session's folder, with a journal.</param>
    /// <param name="account">The account, restored to the session's start.</param>
    /// <param name="until">Inputs later than this are left out.</param>
    /// <exception cref="JournalException">The session's journal is damaged.</exception>
    public static void RunUntil(string session, TradingAccount account, Timestamp until)
    {
        ArgumentNullException.ThrowIfNull(account);
        account.Engine.BeginCalls(SessionFence.Read(session));
        foreach (JournalRecord record in new JournalReader(session).PassingRecords().TakeWhile(record => TimeOf(record) is not { } time || time <= until))
        {
            Feed(account, record);
        }
    }

    private static Timestamp? TimeOf(JournalRecord record)
    {
        StateReader reader = new(record.Payload.Span);
        switch (record.Type)
        {
            case JournalRecordType.Bar:
                return reader.ReadRaw<Bar>().CloseTime;
            case JournalRecordType.Market:
                return reader.ReadRaw<MarketEvent>().ReceivedTime;
            case JournalRecordType.Heartbeat:
                return reader.ReadRaw<Heartbeat>().Time;
            case JournalRecordType.Operator:
                return OperatorRecord.Read(ref reader).Time;
            case JournalRecordType.FeedFault:
                return FaultRecord.Read(ref reader).Time;
            case JournalRecordType.Execution:
                return ExecutionReport.Read(ref reader).ReceivedTime;
            default:
                return null;
        }
    }

    // A process that ends at once leaves a segment without its first byte.
    internal static bool HasJournal(string session) => Directory.EnumerateFiles(session, "*.journal").Any(static file => new FileInfo(file).Length > 0);

    private static bool Feed(TradingAccount account, JournalRecord record)
    {
        StateReader reader = new(record.Payload.Span);
        switch (record.Type)
        {
            case JournalRecordType.Bar:
                account.Handle(reader.ReadRaw<Bar>());
                return true;
            case JournalRecordType.Account:
                BotId bot = new(reader.ReadInt32());
                decimal amount = reader.ReadDecimal();
                account.Handle(new AccountReport(bot, new Money(amount, new Asset(reader.ReadString())), reader.ReadTimestamp()));
                return true;
            case JournalRecordType.FeedFault:
                account.Handle(FaultRecord.Read(ref reader));
                return true;
            case JournalRecordType.Operator:
                account.Handle(OperatorRecord.Read(ref reader));
                return true;
            case JournalRecordType.Heartbeat:
                account.Handle(reader.ReadRaw<Heartbeat>());
                return true;
            case JournalRecordType.Execution:
                return account.TryHandle(ExecutionReport.Read(ref reader));
            case JournalRecordType.Market:
                account.Handle(reader.ReadRaw<MarketEvent>());
                return true;
            case JournalRecordType.Conversion:
                throw new JournalException(record.Segment, record.Offset, $"an account has no inputs of type {record.Type}");
            default:
                return false;
        }
    }
}
