using System.Diagnostics.CodeAnalysis;

namespace Harrier.Exchanges.Requests;

/// <summary>Who goes first when the budget is short; a lower number never waits behind a higher one for the same rule.</summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "The systems number their four levels from 1; 0 is no priority.")]
public enum RequestPriority : byte
{
    /// <summary>Placing, canceling and closing; may spend the reserve.</summary>
    Critical = 1,

    /// <summary>Position management and reconciliation.</summary>
    High = 2,

    /// <summary>Market data.</summary>
    Medium = 3,

    /// <summary>History.</summary>
    Low = 4,
}
