using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Transport;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Venues;

/// <summary>The outside world of a venue: how calls and streams leave this process.</summary>
/// <param name="Http">Makes requests; nothing below it may retry. Its owner disposes of it.</param>
/// <param name="Sockets">Opens sockets.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Takes what a person may want to know.</param>
public sealed record VenueSurroundings(HttpMessageInvoker Http, ISocketFactory Sockets, TimeProvider Time, ILogger Logger)
{
    /// <summary>A seeded source of numbers from 0 to 1 for the jitter of waits; safe to call from any thread.</summary>
    public required Func<double> Jitter { get; init; }

    /// <summary>Time between our own pings on a connection; a venue that asks for more of them gets more.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests that may wait for a venue's limits; one more is refused.</summary>
    public int RequestQueue { get; init; } = 1000;

    /// <summary>What the processes of this machine use of a place's limits; null where they are nobody else's.</summary>
    public Func<Uri, MachineLedger?> LedgerOf { get; init; } = static _ => null;
}
