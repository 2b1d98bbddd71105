using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Trading;

/// <summary>How an account is traded.</summary>
public sealed record TradingVenueOptions
{
    /// <summary>The engine's instruments, by id.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>Takes the reports for the engine's input; called under a lock, so it must only pass them on.</summary>
    public required Action<ExecutionReport> Reports { get; init; }

    /// <summary>The price of an instrument now; null where none is known.</summary>
    public Func<InstrumentId, decimal?> PriceOf { get; init; } = static _ => null;

    /// <summary>
    /// True for an instrument in which several bots may hold positions. The venue knows the sum of them only, and its reduce-only would refuse the stop of a long bot
    /// where another one is short: then orders go out without it, and that they only reduce is seen to by the engine alone.
    /// </summary>
    public Func<InstrumentId, bool> IsShared { get; init; } = static _ => false;

    /// <summary>
    /// True where whoever submits an order also makes and writes its request, which saves the change to another thread. False where the account's record goes to the disk first: that
    /// would keep the caller waiting.
    /// </summary>
    public bool SendsAtOnce { get; init; }

    /// <summary>When the message was received because of which an order is sent; null where none was. Asked for as the order is submitted.</summary>
    public Func<Timestamp?> Heard { get; init; } = static () => null;

    /// <summary>Told, from any thread, how long an order took from that message to its own request.</summary>
    public Action<TimeSpan> Leaves { get; init; } = static _ => { };

    /// <summary>How long to ask after orders whose answer was lost; null takes what the venue needs.</summary>
    public UnknownOutcomeOptions? Unknown { get; init; }

    /// <summary>What is known of the account from before, and where it is kept; null begins with what the venue shows.</summary>
    public AccountRecord? Record { get; init; }

    /// <summary>What a comparison with the venue may conclude.</summary>
    public ReconciliationPolicy Policy { get; init; } = new();

    /// <summary>Called for differences after which nothing may be opened until a person looked; from any thread.</summary>
    public Action<Difference> EntriesHalted { get; init; } = static _ => { };

    /// <summary>Compares position and balances with the books, to prove that a lost order does not exist; null compares with the account's own book.</summary>
    public Func<CancellationToken, Task<bool?>>? AccountAgrees { get; init; }

    /// <summary>How often the account is read while its stream lives: a stream does not tell that it lost something. Null for never.</summary>
    public TimeSpan? AuditEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same while something is on its way or waits for a second reading.</summary>
    public TimeSpan AuditSoon { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Changes how the private stream's connection behaves, for tests; the result is used.</summary>
    public Func<WebSocketConnectionOptions, WebSocketConnectionOptions> Tune { get; init; } = static options => options;
}
