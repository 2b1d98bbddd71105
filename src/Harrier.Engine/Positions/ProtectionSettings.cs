namespace Harrier.Engine.Positions;

/// <summary>What happens to a position whose protective order somebody else canceled: the account's owner, or the venue.</summary>
public enum CanceledProtection : byte
{
    /// <summary>It is placed again at once; where it does not stay, the position is closed at the market.</summary>
    Replace = 0,

    /// <summary>The owner has taken the position over: an alert, and no protective order until it is flat.</summary>
    LeaveToOwner = 1,
}

/// <summary>Exit rules that the platform keeps for every position of a bot, whatever its strategy does.</summary>
public sealed record ProtectionSettings
{
    /// <summary>Distance of the stop-loss from the average entry price as a fraction, above 0 and below 1.</summary>
    /// <value>null: none.</value>
    public decimal? StopLoss { get; init; }

    /// <summary>Distance of the take-profit from the average entry price as a fraction, above 0.</summary>
    /// <value>null: none.</value>
    public decimal? TakeProfit { get; init; }

    /// <summary>Distance at which a trailing stop follows the best price since entry, as a fraction of the average entry price.</summary>
    /// <value>null: none.</value>
    public decimal? TrailingStop { get; init; }

    /// <summary>Longest time a position is held; it is closed at the market at the first closed bar after that.</summary>
    /// <value>null: unlimited.</value>
    public TimeSpan? TimeStop { get; init; }

    /// <summary>What follows when somebody else cancels one of these orders. What the bot itself cancels stays canceled.</summary>
    /// <value><see cref="CanceledProtection.Replace"/>: no position stays without its stop.</value>
    public CanceledProtection WhenCanceled { get; init; }

    /// <summary>True when any rule places an order.</summary>
    public bool IsActive => StopLoss is not null || TakeProfit is not null || TrailingStop is not null || TimeStop is not null;
}
