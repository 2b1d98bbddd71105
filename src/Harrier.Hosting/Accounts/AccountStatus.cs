using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Risk;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Accounts;

/// <summary>An account at a moment: a copy, safe to read from any thread.</summary>
/// <param name="Name">Which account.</param>
/// <param name="Venue">Whose market data.</param>
/// <param name="Time">The moment.</param>
/// <param name="Equity">What it is worth, in quote currency.</param>
/// <param name="Bots">Its bots.</param>
/// <param name="Symbols">Its market data.</param>
public sealed record AccountStatus(string Name, VenueId Venue, Timestamp Time, decimal Equity, IReadOnlyList<BotStatus> Bots, IReadOnlyList<SymbolView> Symbols)
{
    /// <summary>What the account may do, and how much of its limits is used up.</summary>
    public required RiskStatus Risk { get; init; }

    /// <summary>What becomes of its orders: paper, dry-run, demo, live.</summary>
    public string Mode { get; init; } = AccountKind.Paper.Name;

    /// <summary>The account at the venue; null for one that the venue does not know.</summary>
    public VenueStatus? AtVenue { get; init; }

    /// <summary>What its engine counted; null where that is not known, as over a control socket.</summary>
    public EngineCounts? Counts { get; init; }
}

/// <summary>What an engine counted since its account was new.</summary>
/// <param name="OrdersAllowed">Orders that passed the risk gate. Those refused are in <see cref="RiskStatus.Refusals"/>.</param>
/// <param name="Alerts">Alerts by kind; kinds without any are left out.</param>
public sealed record EngineCounts(int OrdersAllowed, IReadOnlyList<KeyValuePair<AlertKind, int>> Alerts);

/// <summary>The risk of an account at a moment.</summary>
/// <param name="State">What it may do.</param>
/// <param name="Barred">Why entries are refused, where a limit of the account does; <see cref="DenyRule.None"/> elsewhere.</param>
/// <param name="Limits">The limits that are measured.</param>
/// <param name="Exposure">Value of all positions, in quote currency.</param>
/// <param name="Refusals">Orders refused so far, by rule.</param>
public sealed record RiskStatus(
    TradingState State, DenyReason Barred, IReadOnlyList<LimitReading> Limits, decimal Exposure, IReadOnlyList<KeyValuePair<DenyRule, int>> Refusals);

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

    /// <summary>How long its positions have lived without a stop that the venue has accepted, since the account began.</summary>
    public TimeSpan Naked { get; init; }

    /// <summary>Its orders that work.</summary>
    public required int WorkingOrders { get; init; }

    /// <summary>What the last look of a portfolio bot found: those that pass its gates first, each by score; empty for other bots, and over a control socket.</summary>
    public IReadOnlyList<TradeOpportunity> Opportunities { get; init; } = [];
}

/// <summary>The market data of a symbol at a moment.</summary>
/// <param name="Symbol">Which.</param>
/// <param name="Last">Price of the last trade, in quote currency; null before the first.</param>
/// <param name="Book">State of the order book, such as verified; null where there is none.</param>
public sealed record SymbolView(string Symbol, decimal? Last, string? Book)
{
    /// <summary>Best bid; null where it is not known.</summary>
    public decimal? Bid { get; init; }

    /// <summary>Best ask; null where it is not known.</summary>
    public decimal? Ask { get; init; }
}
