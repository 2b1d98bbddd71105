using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Configuration;

/// <summary>An account as configured: one engine, and the bots that trade in it.</summary>
public sealed record AccountSettings
{
    /// <summary>The word for the built-in exchange as an endpoint.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>The name, of its own; also that of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>Full name of the venue.</summary>
    public required string Venue { get; init; }

    /// <summary>Where its market data come from: <see cref="BuiltIn"/>, testnet, live, or an address.</summary>
    /// <value>The built-in exchange.</value>
    public string Endpoint { get; init; } = BuiltIn;

    /// <summary>What becomes of its orders.</summary>
    /// <value>The simulator fills them.</value>
    public AccountKind Kind { get; init; } = AccountKind.Paper;

    /// <summary>The file with key and secret of the account at the venue; null where none is needed.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The sentence by which the owner agrees to real orders; null where none is needed.</summary>
    public string? Consent { get; init; }

    /// <summary>True when orders leave only after they are on the disk; otherwise they are with the operating system, which a crash of the program cannot undo, but a loss of power can.</summary>
    /// <value>True.</value>
    public bool OutlivesPower { get; init; } = true;

    /// <summary>How finely the account hears of the market. On paper orders are filled by the same: against bars, trades, or trades and books.</summary>
    /// <value>Bars.</value>
    public MarketResolution Resolution { get; init; }

    /// <summary>On paper, with a resolution finer than bars: how long an order takes to the venue, and a report back, in milliseconds.</summary>
    /// <value>50.</value>
    public decimal LatencyMilliseconds { get; init; } = 50m;

    /// <summary>Fee of orders that rested, in basis points.</summary>
    /// <value>10.</value>
    public decimal MakerFeeBps { get; init; } = 10m;

    /// <summary>Fee of orders that took, in basis points.</summary>
    /// <value>10.</value>
    public decimal TakerFeeBps { get; init; } = 10m;

    /// <summary>What taking costs beyond the price seen, in basis points.</summary>
    /// <value>5.</value>
    public decimal SlippageBps { get; init; } = 5m;

    /// <summary>Position value over margin on contracts, 1 or more.</summary>
    /// <value>1.</value>
    public decimal Leverage { get; init; } = 1m;

    /// <summary>Limits of the account as a whole. Leverage and costs in it are not used: those of the account hold.</summary>
    /// <value>A drawdown of 25 %, 10 % a day, 5 losses in a row, 20 trades an hour, and what docs/running.md lists.</value>
    public RiskLimits Risk { get; init; } = RiskText.Defaults;

    /// <summary>The bots, at least one; places in the list are their ids, so that those that were removed stay in it.</summary>
    public required IReadOnlyList<BotSettings> Bots { get; init; }

    /// <summary>The bots that were not removed.</summary>
    public IEnumerable<BotSettings> ActiveBots => Bots.Where(static bot => !bot.IsRemoved);

    /// <summary>Symbols that the account had before its latest change, in the order of their ids.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> KnownSymbols { get; init; } = [];

    /// <summary>Symbols of the account, each once, in the order of their ids: those known before, then those of bots in the order in which they are first named.</summary>
    public IReadOnlyList<string> Symbols => [.. KnownSymbols.Concat(Bots.Select(static bot => bot.Symbol)).Distinct(StringComparer.Ordinal)];
}
