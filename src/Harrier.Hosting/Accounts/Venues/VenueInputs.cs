using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Trading;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>What the venue's side of an account has to tell it, until the account's task takes it. Safe to use from any thread.</summary>
public sealed class VenueInputs
{
    // Reports are not bounded: there are as many as orders and their fills, which limits bound, and none may be lost.
    private readonly ConcurrentQueue<ExecutionReport> _reports = new();
    private readonly ConcurrentQueue<string> _alarms = new();
    private readonly ConcurrentQueue<FundingPayment> _fundings = new();

    private TradingAccount? _account;

    /// <summary>When the message was received that the account is handling; null while it handles none. Set on the account's task.</summary>
    public Timestamp? Heard { get; internal set; }

    /// <summary>Told, from any thread, how long orders take; null when nobody is.</summary>
    internal IAccountProbe? Probe { get; set; }

    /// <summary>An order leaves, this long after the message that led to it.</summary>
    public void Leave(TimeSpan took) => Probe?.OnOrder(took);

    /// <summary>The price of an instrument by which orders are fitted, as the account has it; null where none is known. Asked for on the account's task.</summary>
    public decimal? PriceOf(InstrumentId instrument) =>
        Volatile.Read(ref _account) is { } account && account.Engine.Market.Mark(instrument) is { Value: > 0 } mark ? account.Plan.Instruments[instrument.Index].ToDecimal(mark) : null;

    /// <summary>True for an instrument that several bots of the account trade.</summary>
    public bool IsShared(InstrumentId instrument) =>
        Volatile.Read(ref _account)?.Plan is { } plan && plan.Settings.ActiveBots.Count(bot => bot.Symbol == plan.Instruments[instrument.Index].Symbol) > 1;

    /// <summary>Says which account hears of it from now on.</summary>
    internal void Belong(TradingAccount account) => Volatile.Write(ref _account, account);

    /// <summary>Takes a report.</summary>
    public void Take(ExecutionReport report) => _reports.Enqueue(report);

    /// <summary>Takes a difference after which nothing may be opened until a person has looked.</summary>
    public void Alarm(Difference difference)
    {
        ArgumentNullException.ThrowIfNull(difference);
        _alarms.Enqueue($"{difference.Kind} {difference.Subject}: ours {difference.Ours}, the venue's {difference.Theirs}");
    }

    /// <summary>Takes a payment of funding; one that was taken before may be taken again.</summary>
    public void Take(FundingPayment payment) => _fundings.Enqueue(payment);

    internal bool TryRead([NotNullWhen(true)] out FundingPayment? payment) => _fundings.TryDequeue(out payment);

    /// <summary>True when no report waits.</summary>
    public bool IsEmpty => _reports.IsEmpty;

    internal bool TryRead(out ExecutionReport report) => _reports.TryDequeue(out report);

    internal bool TryReadAlarm([NotNullWhen(true)] out string? alarm) => _alarms.TryDequeue(out alarm);
}
