using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Binance;

/// <summary>What an account at the venue is made of.</summary>
public sealed record BinanceVenueOptions
{
    /// <summary>Which market.</summary>
    public required BinanceMarket Market { get; init; }

    /// <summary>Where it is reached; there is no default, because a mistake would cost real money.</summary>
    public required BinanceEndpoints Endpoints { get; init; }

    /// <summary>Key and secret.</summary>
    public required ApiCredentials Credentials { get; init; }

    /// <summary>The engine's instruments, by id.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>Takes the reports for the engine's input; called under a lock, so it must only pass them on.</summary>
    public required Action<ExecutionReport> Reports { get; init; }

    /// <summary>The price of an instrument now; null where none is known.</summary>
    public Func<InstrumentId, decimal?> PriceOf { get; init; } = static _ => null;

    /// <summary>How late a signed call may be at the venue.</summary>
    public TimeSpan ReceiveWindow { get; init; } = BinanceSigner.DefaultReceiveWindow;

    /// <summary>How long to ask after orders whose answer was lost; null takes the receive window, which the venue checks before its engine, and a second more.</summary>
    public UnknownOutcomeOptions? Unknown { get; init; }

    /// <summary>Compares position and balances with the engine's books, to prove that a lost order does not exist; null compares nothing.</summary>
    public Func<CancellationToken, Task<bool?>>? AccountAgrees { get; init; }

    /// <summary>How often the account is read while its stream lives: a stream does not tell that it lost something. Null for never.</summary>
    public TimeSpan? AuditEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What other processes of this machine use of the venue's limits; null where they are nobody else's.</summary>
    public MachineLedger? Ledger { get; init; }

    /// <summary>Changes how the private stream's connection behaves, for tests; the result is used.</summary>
    public Func<WebSocketConnectionOptions, WebSocketConnectionOptions> Tune { get; init; } = static options => options;

    /// <summary>A seeded source of numbers from 0 to 1 for the jitter of waits; safe to call from any thread.</summary>
    public required Func<double> Jitter { get; init; }
}
