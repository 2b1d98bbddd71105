using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Uphold;

/// <summary>How far a transaction is, in the venue's words.</summary>
internal static class BrokerStatus
{
    public const string Pending = "pending";
    public const string Processing = "processing";
    public const string Completed = "completed";
    public const string Canceled = "cancelled";
}

/// <summary>One side of a transaction.</summary>
/// <param name="Card">The card.</param>
/// <param name="Amount">What leaves, commission included, or arrives, commission taken off.</param>
/// <param name="Base">The amount before commission.</param>
/// <param name="Commission">The commission.</param>
/// <param name="Rate">Units of this asset for one of the other.</param>
internal sealed record BrokerLeg(BrokerCard Card, decimal Amount, decimal Base, decimal Commission, decimal Rate);

/// <summary>What was asked for.</summary>
/// <param name="Amount">The amount.</param>
/// <param name="Asset">Its asset.</param>
/// <param name="Rate">Units of the origin's asset for one of it.</param>
internal sealed record BrokerDenomination(decimal Amount, BrokerAsset Asset, decimal Rate);

/// <summary>A transaction; a quote until it is committed.</summary>
internal sealed class BrokerTransaction
{
    public required string Id { get; init; }

    public required long Number { get; init; }

    public required ExchangeAccount Owner { get; init; }

    public required BrokerDenomination Denomination { get; init; }

    public required BrokerLeg Origin { get; init; }

    public required BrokerLeg Destination { get; init; }

    public required Timestamp Created { get; init; }

    public required TimeSpan Life { get; init; }

    public string? Reference { get; init; }

    public string? Message { get; set; }

    public string Status { get; set; } = BrokerStatus.Pending;

    public Timestamp? Committed { get; set; }

    /// <summary>How often its commit arrived here, taken or not; more than once is a client's fault.</summary>
    public int CommitCalls { get; set; }

    public bool IsCommitted => Status is BrokerStatus.Processing or BrokerStatus.Completed;

    public bool HasLapsed(Timestamp now) => !IsCommitted && now > Created + Life;
}
