using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>What an operator can do to the markets.</summary>
public enum MarketActionKind : byte
{
    /// <summary>The driver does nothing more; users can go on trading with each other and with what rests.</summary>
    Pause,

    /// <summary>The driver goes on.</summary>
    Resume,

    /// <summary>The price falls by <see cref="MarketAction.Value"/> percent (10) and stays there.</summary>
    Crash,

    /// <summary>The price rises by <see cref="MarketAction.Value"/> percent (10) and stays there.</summary>
    Spike,

    /// <summary>The price drifts by <see cref="MarketAction.Value"/> percent a minute (1), down when below 0.</summary>
    Trend,

    /// <summary>The price goes to <see cref="MarketAction.Value"/>, through every stop on the way, and lives on from there.</summary>
    Move,

    /// <summary>An order of <see cref="MarketAction.Value"/> (15) times the usual size at <see cref="MarketAction.Price"/> (0.1 % away).</summary>
    Wall,

    /// <summary>The house keeps one side empty.</summary>
    Drain,

    /// <summary>Nothing matches and new orders are refused.</summary>
    Halt,

    /// <summary>Only cancels are taken.</summary>
    CancelOnly,

    /// <summary>Ends a halt.</summary>
    Reopen,

    /// <summary>Ends an instrument for good.</summary>
    Delist,

    /// <summary>The price grid becomes <see cref="MarketAction.Value"/>.</summary>
    Tick,

    /// <summary>Funding is paid now, at the rate <see cref="MarketAction.Value"/> if there is one; contracts only.</summary>
    Funding,
}

/// <summary>One action on the markets. What is not given has the default said at its kind.</summary>
public sealed record MarketAction
{
    /// <summary>What to do.</summary>
    public required MarketActionKind Kind { get; init; }

    /// <summary>On which symbol; null for all.</summary>
    public string? Symbol { get; init; }

    /// <summary>On which markets; null for all.</summary>
    public IReadOnlyCollection<ExchangeCore>? Markets { get; init; }

    /// <summary>Percent, price, multiple, tick or rate, as the kind says.</summary>
    public decimal? Value { get; init; }

    /// <summary>Price of a wall.</summary>
    public decimal? Price { get; init; }

    /// <summary>True for the asks.</summary>
    public bool IsSell { get; init; }

    /// <summary>How long it takes or lasts; null for one second of a move or crash, a minute of a trend or wall, five seconds of a drain.</summary>
    public TimeSpan? Length { get; init; }
}
