using Harrier.Exchanges.Trading;

namespace Harrier.Cli.Accounts;

/// <summary>All that <c>account</c> shows.</summary>
internal sealed record AccountView
{
    /// <summary>The venue's full name.</summary>
    public required string Venue { get; init; }

    /// <summary>Where it was asked.</summary>
    public required Uri Place { get; init; }

    /// <summary>The key, all but its first characters hidden.</summary>
    public required string MaskedKey { get; init; }

    /// <summary>Venue time minus local time.</summary>
    public required TimeSpan ClockOffset { get; init; }

    /// <summary>Balances and whether trading is allowed.</summary>
    public required AccountSnapshot Account { get; init; }

    /// <summary>Positions that are not flat.</summary>
    public required IReadOnlyList<VenuePosition> Positions { get; init; }

    /// <summary>Working orders.</summary>
    public required IReadOnlyList<VenueOrder> OpenOrders { get; init; }

    /// <summary>What trading costs; null where the venue did not tell.</summary>
    public FeeRates? Fees { get; init; }

    /// <summary>What the key may do; null where the venue does not tell, as test environments do not.</summary>
    public KeyPermissions? Permissions { get; init; }

    /// <summary>What the owner should know, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
