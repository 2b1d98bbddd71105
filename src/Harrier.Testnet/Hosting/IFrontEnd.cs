using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Hosting;

/// <summary>
/// The wire protocol of one venue's market. Several front ends may share an origin; each says which paths are its own.
/// </summary>
public interface IFrontEnd
{
    /// <summary>Venue id without the prefix of simulated data, such as <c>binance-spot</c>.</summary>
    string Venue { get; }

    /// <summary>Whether requests and sockets of this path are answered here.</summary>
    bool Claims(string path);

    /// <summary>Answers a request, or serves a socket until its end.</summary>
    Task HandleAsync(HttpContext context);

    /// <summary>Told after each <see cref="Core.ExchangeCore.Advance"/>, inside the gate, for what is pushed by the clock.</summary>
    void Tick();

    /// <summary>Its limits.</summary>
    RequestLimits Limits { get; }

    /// <summary>Told after a deposit (above 0) or withdrawal, inside the gate.</summary>
    void OnTransfer(Core.ExchangeAccount account, string asset, decimal amount);
}
