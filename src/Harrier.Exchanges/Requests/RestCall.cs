using Harrier.Domain;

namespace Harrier.Exchanges.Requests;

/// <summary>A request still to be made: what it costs, who goes first, and how it is built once the budget lets it through.</summary>
public sealed record RestCall
{
    /// <summary>Builds and signs the request with the venue's time; called after the budget let it through, again for each retry.</summary>
    public required Func<Timestamp, RestRequest> Build { get; init; }

    /// <summary>Method and path, for messages.</summary>
    public string Name { get; init; } = "the call";

    /// <summary>Who goes first.</summary>
    public required RequestPriority Priority { get; init; }

    /// <summary>What it is expected to spend.</summary>
    public required RequestCost[] Costs { get; init; }

    /// <summary>The rule that is meant where an answer tells what is used of a limit, or that one was passed, and does not name it (an empty name).</summary>
    public string? UsageRule { get; init; }

    /// <summary>True when the call changes something: it is never retried, and no proper answer means <see cref="Results.Outcome.Unknown"/>.</summary>
    public bool IsWrite { get; init; }

    /// <summary>True when <see cref="Build"/> needs the venue's time: the clock is measured first if that is due.</summary>
    public bool IsSigned { get; init; }

    /// <summary>True for a critical call that adds risk (an entry): it goes first but may not spend the reserve kept for cancels and closes.</summary>
    public bool AddsRisk { get; init; }

    /// <summary>The longest time for one attempt, from leaving to the whole body; null takes the client's.</summary>
    public TimeSpan? Timeout { get; init; }
}
