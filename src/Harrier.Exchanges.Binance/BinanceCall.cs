using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Binance;

/// <summary>What a call needs to prove who makes it.</summary>
internal enum CallAccess : byte
{
    Public,
    Key,
    Signed,
}

/// <summary>A call before it is signed: everything but the time.</summary>
internal sealed record BinanceCall(string Method, string Path, RequestParameters Parameters)
{
    public CallAccess Access { get; init; } = CallAccess.Signed;

    /// <summary>The documented weight.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>How many orders it places.</summary>
    public int Orders { get; init; }

    public RequestPriority Priority { get; init; } = RequestPriority.High;

    public bool IsWrite { get; init; }

    /// <summary>True when it may open a position, so that it may not spend what is kept for closing.</summary>
    public bool AddsRisk { get; init; }

    public static BinanceCall Read(string path, RequestParameters parameters, int weight) => new("GET", path, parameters) { Weight = weight };

    public static BinanceCall Public(string path, RequestParameters parameters, int weight) =>
        new("GET", path, parameters) { Weight = weight, Access = CallAccess.Public, Priority = RequestPriority.Medium };

    public static BinanceCall Write(string method, string path, RequestParameters parameters) =>
        new(method, path, parameters) { IsWrite = true, Priority = RequestPriority.Critical };
}
