using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Testnet.Hosting;

/// <summary>How the exchange is served.</summary>
public sealed record TestnetOptions
{
    /// <summary>Ports from the first: the first venue's, two kept for later venues, the admin's.</summary>
    public const int Ports = 4;

    /// <value>First port; 0 takes free ones.</value>
    public int Port { get; init; }

    /// <value>Same seed, same keys.</value>
    public long Seed { get; init; } = 1;

    /// <value>How sockets are treated.</value>
    public SocketRules Sockets { get; init; } = new();

    /// <value>
    /// Whether limits are so wide that nobody meets them, for measuring. The limits told to clients are the wide ones then.
    /// </value>
    public bool IsUnlimited { get; init; }

    /// <value>Time between two steps of the exchange's clock: depth updates, expiries, marks; 100 ms.</value>
    public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(100);
}
