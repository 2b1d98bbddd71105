using System.Collections.Frozen;

namespace Harrier.Testnet.Hosting.Faults;

/// <summary>The names of the kinds of faults on the admin port.</summary>
public static class FaultNames
{
    /// <summary>Name to kind.</summary>
    public static FrozenDictionary<string, FaultKind> ByName { get; } = new Dictionary<string, FaultKind>(StringComparer.Ordinal)
    {
        ["drop"] = FaultKind.Drop,
        ["delay"] = FaultKind.Delay,
        ["duplicate"] = FaultKind.Duplicate,
        ["reorder"] = FaultKind.Reorder,
        ["gap"] = FaultKind.Gap,
        ["silent"] = FaultKind.Silent,
        ["cut"] = FaultKind.Cut,
        ["cut-after"] = FaultKind.CutAfter,
        ["429"] = FaultKind.TooManyRequests,
        ["418"] = FaultKind.Banned,
        ["5xx"] = FaultKind.ServerError,
        ["5xx-after"] = FaultKind.ServerErrorAfter,
        ["html"] = FaultKind.Html,
        ["clock-skew"] = FaultKind.ClockSkew,
        ["maintenance"] = FaultKind.Maintenance,
        ["malformed"] = FaultKind.Malformed,
        ["unknown-event"] = FaultKind.UnknownEvent,
        ["oversized"] = FaultKind.Oversized,
        ["otp"] = FaultKind.Password,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether the kind changes what is pushed over sockets.</summary>
    public static bool IsForFrames(FaultKind kind) => kind is FaultKind.Drop or FaultKind.Delay or FaultKind.Duplicate or FaultKind.Reorder or FaultKind.Gap
        or FaultKind.Silent or FaultKind.Cut or FaultKind.Malformed or FaultKind.UnknownEvent or FaultKind.Oversized;

    /// <summary>Whether the kind changes how requests are answered.</summary>
    public static bool IsForRequests(FaultKind kind) => kind is FaultKind.Delay or FaultKind.Cut or FaultKind.CutAfter or FaultKind.TooManyRequests
        or FaultKind.Banned or FaultKind.ServerError or FaultKind.ServerErrorAfter or FaultKind.Html or FaultKind.ClockSkew or FaultKind.Maintenance or FaultKind.Password;
}
