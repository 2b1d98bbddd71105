namespace Harrier.Testnet.Bybit.Requests;

/// <summary>What a request must prove.</summary>
internal enum BybitSecurity : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A known key, a fresh timestamp, a signature.</summary>
    Signed,

    /// <summary>The same, with a key that may trade.</summary>
    Trade,
}

/// <summary>Answers a request, inside the exchange's gate: writes the members of the result and returns null, or returns why not.</summary>
internal delegate BybitFault? BybitHandler(BybitCall call);

/// <summary>One thing that can be asked.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path.</param>
/// <param name="Security">What the request must prove.</param>
/// <param name="Handler">Answers it.</param>
internal sealed record BybitEndpoint(string Method, string Path, BybitSecurity Security, BybitHandler Handler)
{
    /// <value>Requests that a user may make in a second, on spot and on linear; 0 for no limit of its own.</value>
    public (int Spot, int Linear) PerSecond { get; init; }

    /// <value>Name of the same request on the order socket; null where there is none.</value>
    public string? SocketOperation { get; init; }

    /// <value>The message of a success.</value>
    public string Message { get; init; } = "OK";

    /// <summary><c>METHOD /path</c>, as faults match it.</summary>
    public string Subject { get; } = $"{Method} {Path}";
}
