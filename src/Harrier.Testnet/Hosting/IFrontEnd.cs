using System.Text.Json;
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

    /// <summary>Restarts the venue's services, which forget what they keep in memory alone; inside the gate.</summary>
    /// <returns>False where there is nothing of the kind.</returns>
    bool Restart() => false;

    /// <summary>Told after a deposit (above 0) or withdrawal, inside the gate.</summary>
    void OnTransfer(Core.ExchangeAccount account, string asset, decimal amount);

    /// <summary>What a new account has; null for what fits the instruments.</summary>
    IReadOnlyDictionary<string, decimal>? OpeningBalances => null;

    /// <summary>Adds keys of a new account that only this venue has to the operator's answer, as members of an object.</summary>
    void WriteKeys(Utf8JsonWriter json, string account)
    {
    }

    /// <summary>Adds what only this venue knows of an account to the operator's truth, as members of an object; inside the gate.</summary>
    void WriteTruth(Utf8JsonWriter json, Core.ExchangeAccount account)
    {
    }
}
