namespace Harrier.Engine.Positions;

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

    /// <summary>True when any rule places an order.</summary>
    public bool IsActive => StopLoss is not null || TakeProfit is not null || TrailingStop is not null || TimeStop is not null;
}
