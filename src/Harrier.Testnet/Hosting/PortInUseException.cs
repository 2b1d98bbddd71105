namespace Harrier.Testnet.Hosting;

/// <summary>The exchange cannot listen on a port that it was told to use.</summary>
/// <param name="port">The port.</param>
/// <param name="cause">What the system said.</param>
public sealed class PortInUseException(int port, Exception cause) : Exception($"port {port} cannot be listened on", cause)
{
    /// <summary>The port.</summary>
    public int Port { get; } = port;
}
