using System.Text.Json;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Uphold;

/// <summary>A request as it came.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Its path, parts between slashes decoded.</param>
/// <param name="Body">Its JSON; undefined where it had none.</param>
internal sealed record BrokerCall(string Method, string[] Path, JsonElement Body)
{
    public string Query { get; init; } = "";

    public string? Range { get; init; }

    public bool HasPassword { get; init; }

    /// <summary>True when a fault wants a one-time password.</summary>
    public bool WantsPassword { get; init; }

    public ExchangeAccount? Account { get; init; }
}

/// <summary>What is answered: a writer of JSON, or a refusal.</summary>
/// <param name="Write">Writes the answer.</param>
/// <param name="Refusal">Why there is none.</param>
internal readonly record struct BrokerAnswer(Action<Utf8JsonWriter>? Write, BrokerRefusal? Refusal)
{
    /// <summary>Which items of how many; null where the answer is no list.</summary>
    public (int First, int Last, int Total)? Range { get; init; }

    public static implicit operator BrokerAnswer(BrokerRefusal refusal) => new(null, refusal);

    public static BrokerAnswer Ok(Action<Utf8JsonWriter> write) => new(write, null);
}
