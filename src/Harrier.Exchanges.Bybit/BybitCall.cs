using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Bybit;

/// <summary>A call before it is signed: everything but the time.</summary>
/// <param name="Path">The path.</param>
/// <param name="Parameters">Of a read the query, of a write the JSON body.</param>
/// <param name="Rule">The account's limit that it counts against; null for public calls.</param>
internal sealed record BybitCall(string Path, RequestParameters Parameters, string? Rule)
{
    public RequestPriority Priority { get; init; } = RequestPriority.High;

    public bool IsWrite { get; init; }

    /// <summary>How many orders it places or ends; each counts.</summary>
    public int Orders { get; init; } = 1;

    /// <summary>True when it may open a position, so that it may not spend what is kept for closing.</summary>
    public bool AddsRisk { get; init; }

    public string Method => IsWrite ? "POST" : "GET";

    public static BybitCall Public(string path, RequestParameters parameters) => new(path, parameters, null) { Priority = RequestPriority.Medium };

    public static BybitCall Read(string path, RequestParameters parameters, string rule) => new(path, parameters, rule);

    public static BybitCall Write(string path, RequestParameters parameters, string rule) => new(path, parameters, rule) { IsWrite = true, Priority = RequestPriority.Critical };
}
