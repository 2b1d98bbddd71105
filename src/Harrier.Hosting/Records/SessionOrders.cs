using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Journal;
using Harrier.Storage.Records;
using Harrier.Storage.Sessions;

namespace Harrier.Hosting.Records;

/// <summary>
/// Reads the orders of a session from its journal, without a replay: for sessions whose fills and trades the database has, written by a program that kept no orders
/// there. What traded of an order follows from those fills.
/// </summary>
internal static class SessionOrders
{
    /// <summary>The orders of a session; null when this program cannot read it.</summary>
    public static RecordBatch? Read(string session, SettingsReader reader)
    {
        try
        {
            AccountPlan plan = AccountPlan.Of(SessionPlanFile.Read(session), reader);
            return SessionReplay.HasJournal(session) ? RecordBatch.Join([.. new JournalReader(session).Records().Select(record => Of(plan, record)).OfType<RecordBatch>()]) : new RecordBatch();
        }
        catch (Exception fault) when (fault is InvalidDataException or JournalException or EndOfStreamException or IOException or ConfigurationException)
        {
            return null;
        }
    }

    private static RecordBatch? Of(AccountPlan plan, JournalRecord record)
    {
        StateReader reader = new(record.Payload.Span);
        switch (record.Type)
        {
            case JournalRecordType.Submitted:
                ClientOrderId id = reader.ReadRaw<ClientOrderId>();
                BotId bot = new(reader.ReadInt32());
                OrderIntent intent = reader.ReadRaw<OrderIntent>();
                return new RecordBatch { Orders = [OrderRows.Sent(plan, (id, bot), in intent, reader.ReadTimestamp())] };
            case JournalRecordType.Denied:
                bot = new BotId(reader.ReadInt32());
                intent = reader.ReadRaw<OrderIntent>();
                DenyReason reason = new((DenyRule)reader.ReadByte(), reader.ReadDecimal(), reader.ReadDecimal());
                return new RecordBatch { Orders = [OrderRows.Denied(plan, bot, in intent, in reason, reader.ReadTimestamp())] };
            case JournalRecordType.Execution:
                return OrderRows.StepOf(ExecutionReport.Read(ref reader)) is { } step ? new RecordBatch { OrderSteps = [step] } : null;
            default:
                return null;
        }
    }
}
