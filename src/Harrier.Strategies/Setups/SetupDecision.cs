using Harrier.Domain;

namespace Harrier.Strategies.Setups;

/// <summary>A trade that a condition proposes, or the first thing that speaks against it.</summary>
public readonly record struct SetupDecision
{
    /// <summary>What makes the trade.</summary>
    public required SetupKind Kind { get; init; }

    /// <summary>Which way.</summary>
    public OrderSide Side { get; init; }

    /// <summary>The price by which stop and targets are measured, in quote currency; that of the order where it is a limit.</summary>
    public double Entry { get; init; }

    /// <summary>Where the trade has failed: always on the losing side of <see cref="Entry"/>.</summary>
    public double Stop { get; init; }

    /// <summary>How sure it is, 0 to 1.</summary>
    public double Confidence { get; init; }

    /// <summary>What else speaks for it.</summary>
    public Confluences Confluence { get; init; }

    /// <summary>Why there is no trade: <c>signal:momentum:volume</c>.</summary>
    /// <value>Null when there is one.</value>
    public string? Refusal { get; init; }

    /// <summary>True when there is a trade.</summary>
    public bool IsValid => Refusal is null;

    /// <summary>No trade.</summary>
    /// <param name="kind">What was looked for.</param>
    /// <param name="refusal">Why.</param>
    public static SetupDecision No(SetupKind kind, string refusal) => new() { Kind = kind, Refusal = refusal };
}
