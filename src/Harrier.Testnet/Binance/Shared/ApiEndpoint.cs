namespace Harrier.Testnet.Binance.Shared;

/// <summary>What a request must prove.</summary>
internal enum ApiSecurity : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A known key.</summary>
    Key,

    /// <summary>A known key, a fresh timestamp, a signature.</summary>
    Signed,

    /// <summary>The same, with a key that may trade.</summary>
    Trade,
}

/// <summary>Answers a request, inside the exchange's gate: writes JSON and returns null, or returns why not.</summary>
internal delegate ApiFault? ApiHandler(ApiCall call);

/// <summary>One thing that can be asked, by HTTP, over a socket, or both.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path.</param>
/// <param name="Security">What the request must prove.</param>
/// <param name="Weight">What it costs.</param>
/// <param name="Handler">Answers it.</param>
internal sealed record ApiEndpoint(string Method, string Path, ApiSecurity Security, int Weight, ApiHandler Handler)
{
    /// <value>Cost where it depends on the parameters.</value>
    public Func<ApiParameters, int>? WeightOf { get; init; }

    /// <value>Name of the same request over a socket; null where there is none.</value>
    public string? SocketMethod { get; init; }

    /// <value>Orders that it adds to the account's order limits when accepted; their headers come with the answer.</value>
    public int Orders { get; init; }

    /// <value>Whether it costs nothing when it is accepted (spot, since 2026-04-02).</value>
    public bool IsFreeWhenAccepted { get; init; }

    /// <summary><c>METHOD /path</c>, as faults match it.</summary>
    public string Subject { get; } = $"{Method} {Path}";

    /// <summary>Cost of a request with these parameters.</summary>
    public int CostOf(ApiParameters parameters) => WeightOf?.Invoke(parameters) ?? Weight;
}
