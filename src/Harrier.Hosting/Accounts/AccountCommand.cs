using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Accounts;

/// <summary>What the operator can order of an account that runs.</summary>
public enum AccountOrder
{
    /// <summary>A bot opens nothing more; its exits go on.</summary>
    Pause = 0,

    /// <summary>A paused bot goes on.</summary>
    Resume = 1,

    /// <summary>A bot's strategy ends; its position stays with its protective orders.</summary>
    Stop = 2,

    /// <summary>A stopped or failed bot begins anew.</summary>
    Start = 3,

    /// <summary>A bot, or every bot, cancels its orders and leaves its positions at the market.</summary>
    Panic = 4,

    /// <summary>Size and exit rules of a bot are changed, from its next position on.</summary>
    Edit = 5,

    /// <summary>The account opens nothing more.</summary>
    Halt = 6,

    /// <summary>Ends <see cref="Halt"/>.</summary>
    Unhalt = 7,

    /// <summary>Ends the refusal of entries after the largest drawdown: the peak of equity is taken anew.</summary>
    ResetDrawdown = 8,

    /// <summary>Ends a fired kill switch: the peak of equity is taken anew.</summary>
    ResetKillSwitch = 9,

    /// <summary>A bot is added; its settings are the changes.</summary>
    AddBot = 10,

    /// <summary>A bot that is flat is removed, and its money paid out.</summary>
    RemoveBot = 11,

    /// <summary>Limits of the account are changed.</summary>
    SetLimits = 12,

    /// <summary>The account is made what its configuration says now.</summary>
    Configure = 13,

    /// <summary>An order by hand; its terms are the changes, see <see cref="HandOrderText"/>.</summary>
    Trade = 14,
}

/// <summary>An order of the operator to an account.</summary>
/// <param name="Order">What to do.</param>
/// <param name="Bot">Which bot; null for the account as a whole.</param>
/// <param name="By">Who orders it.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record AccountCommand(AccountOrder Order, string? Bot, string By, string Reason)
{
    /// <summary>What an order changes or adds, by the keys of the configuration; a dot leads into an object: <c>parameters.fast</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Changes { get; init; } = [];

    /// <summary>The configuration of the account for <see cref="AccountOrder.Configure"/>: as it was when it was last read, and as it is; null for every other order.</summary>
    public (AccountSettings Before, AccountSettings Now)? Configuration { get; init; }
}

/// <summary>What became of an order.</summary>
/// <param name="IsDone">False when it was refused; then nothing has changed.</param>
/// <param name="Text">What was done, or why not.</param>
public sealed record CommandAnswer(bool IsDone, string Text)
{
    /// <summary>The order that was sent; null where none was.</summary>
    public string? Order { get; init; }

    /// <summary>True where it was refused because it makes no sense, whatever the account does.</summary>
    public bool IsMalformed { get; init; }
}
