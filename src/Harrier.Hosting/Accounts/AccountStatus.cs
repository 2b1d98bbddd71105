using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Hosting.Bots;

namespace Harrier.Hosting.Accounts;

/// <summary>An account at a moment: a copy, safe to read from any thread.</summary>
/// <param name="Name">Which account.</param>
/// <param name="Venue">Whose market data.</param>
/// <param name="Time">The moment.</param>
/// <param name="Equity">What it is worth, in quote currency.</param>
/// <param name="Bots">Its bots.</param>
/// <param name="Symbols">Its market data.</param>
public sealed record AccountStatus(string Name, VenueId Venue, Timestamp Time, decimal Equity, IReadOnlyList<BotStatus> Bots, IReadOnlyList<SymbolStatus> Symbols);

/// <summary>A bot at a moment.</summary>
public sealed record BotStatus
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Key of the strategy.</summary>
    public required string Strategy { get; init; }

    /// <summary>What it trades.</summary>
    public required string Symbol { get; init; }

    /// <summary>Length of its bars.</summary>
    public required BarSpec Interval { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required BotState State { get; init; }

    /// <summary>What it holds, in base currency; below 0 when short.</summary>
    public required decimal Position { get; init; }

    /// <summary>Average price of what it holds, in quote currency; 0 when flat.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>What its part of the account is worth, in quote currency.</summary>
    public required decimal Equity { get; init; }

    /// <summary>Equity less what was paid in.</summary>
    public required decimal Pnl { get; init; }

    /// <summary>Positions that it has ended since this start.</summary>
    public required int RoundTrips { get; init; }

    /// <summary>Its orders that work.</summary>
    public required int WorkingOrders { get; init; }
}
