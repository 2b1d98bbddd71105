using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Storage.Journal;

namespace Harrier.Hosting.Accounts;

/// <summary>An order, and what became of it.</summary>
/// <param name="Account">Which account.</param>
/// <param name="Bot">Which bot.</param>
/// <param name="Instrument">What was to be traded.</param>
/// <param name="Id">Our id.</param>
/// <param name="Time">When it was sent.</param>
/// <param name="Intent">What was asked for.</param>
public sealed record PastOrder(string Account, string Bot, Instrument Instrument, ClientOrderId Id, Timestamp Time, OrderIntent Intent)
{
    /// <summary>Lots that traded.</summary>
    public SizeLots Executed { get; init; }

    /// <summary>How it stands: sent, accepted, filled, canceled, expired, rejected.</summary>
    public string State { get; init; } = "sent";
}

/// <summary>The orders of a home, read from its journals.</summary>
public static class PastOrders
{
    /// <summary>Orders in the order in which they were sent.</summary>
    /// <param name="home">The accounts.</param>
    /// <param name="only">One of them; null for all.</param>
    /// <exception cref="AccountStateException">What is stored cannot be read by this program.</exception>
    public static IReadOnlyList<PastOrder> Of(HomeReader home, string? only)
    {
        ArgumentNullException.ThrowIfNull(home);
        Dictionary<(string, ClientOrderId), PastOrder> found = [];
        foreach (string account in home.Accounts.Where(account => only is null || account == only))
        {
            foreach (string session in home.Sessions(account))
            {
                home.Read(account, session, (plan, records) => Read(found, account, plan, records));
            }
        }

        return [.. found.Values.OrderBy(static one => one.Time.Nanos)];
    }

    private static void Read(Dictionary<(string, ClientOrderId), PastOrder> found, string account, AccountPlan plan, IEnumerable<JournalRecord> records)
    {
        foreach (JournalRecord record in records)
        {
            StateReader reader = new(record.Payload.Span);
            if (record.Type == JournalRecordType.Submitted)
            {
                ClientOrderId id = reader.ReadRaw<ClientOrderId>();
                BotId bot = new(reader.ReadInt32());
                OrderIntent intent = reader.ReadRaw<OrderIntent>();
                found[(account, id)] = new PastOrder(account, plan.Settings.Bots[bot.Index].Name, plan.Instruments[intent.Instrument.Index], id, reader.ReadTimestamp(), intent);
            }
            else if (record.Type == JournalRecordType.Execution)
            {
                ExecutionReport report = ExecutionReport.Read(ref reader);
                if (found.TryGetValue((account, report.Order), out PastOrder? order))
                {
                    found[(account, report.Order)] = After(order, in report);
                }
            }
        }
    }

    private static PastOrder After(PastOrder order, in ExecutionReport report)
    {
        SizeLots executed = report.Kind == ExecutionKind.Filled ? order.Executed + report.Size : order.Executed;
        string state = report.Kind switch
        {
            ExecutionKind.Filled => executed < order.Intent.Size ? "partly filled" : "filled",
            _ => report.Kind.ToString().ToLowerInvariant(),
        };
        return order with { Executed = executed, State = state };
    }
}
