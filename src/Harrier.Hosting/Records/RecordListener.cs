using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Hosting.Records;

/// <summary>Makes rows of what an account does, while it trades and while its past is replayed: orders, what becomes of them, and fills.</summary>
/// <param name="add">Given the rows, on the account's thread.</param>
internal sealed class RecordListener(Action<RecordBatch> add)
{
    private readonly Dictionary<(BotId Bot, DenyRule Rule, InstrumentId Instrument), long> _denied = [];
    private TradingAccount? _account;

    private AccountPlan Plan => _account!.Plan;

    /// <summary>Listens to an account, and to no other any more.</summary>
    public void Attach(TradingAccount account)
    {
        Detach();
        _account = account;
        account.Filled += OnFill;
        account.Submitted += OnSubmitted;
        account.Denied += OnDenied;
        account.Reported += OnReport;
        account.VenueNamed += OnVenueId;
    }

    /// <summary>Listens no more.</summary>
    public void Detach()
    {
        if (_account is not { } account)
        {
            return;
        }

        account.Filled -= OnFill;
        account.Submitted -= OnSubmitted;
        account.Denied -= OnDenied;
        account.Reported -= OnReport;
        account.VenueNamed -= OnVenueId;
        _account = null;
    }

    private void OnFill(Order? order, in ExecutionReport report) => add(new RecordBatch { Fills = [RecordRows.Of(Plan, order, in report)] });

    private void OnSubmitted(ApprovedOrder order, Timestamp time) => add(new RecordBatch { Orders = [OrderRows.Sent(Plan, (order.Id, order.Bot), in order.Intent, time)] });

    // The database would keep one of a minute anyway: the others need not travel there.
    private void OnDenied(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time)
    {
        long minute = time.Nanos / (60 * Timestamp.NanosPerSecond);
        (BotId, DenyRule, InstrumentId) key = (bot, reason.Rule, intent.Instrument);
        if (_denied.TryGetValue(key, out long told) && told == minute)
        {
            return;
        }

        _denied[key] = minute;
        add(new RecordBatch { Orders = [OrderRows.Denied(Plan, bot, in intent, in reason, time)] });
    }

    private void OnReport(in ExecutionReport report)
    {
        if (OrderRows.StepOf(in report) is { } step)
        {
            add(new RecordBatch { OrderSteps = [step] });
        }
    }

    private void OnVenueId(ClientOrderId order, string venueId, Timestamp time) => add(new RecordBatch { OrderSteps = [new OrderStep(order.ToString(), time) { VenueId = venueId }] });
}
