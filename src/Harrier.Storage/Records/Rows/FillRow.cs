using Harrier.Domain;

namespace Harrier.Storage.Records.Rows;

/// <summary>An execution of an order.</summary>
public sealed record FillRow
{
    /// <summary>The account.</summary>
    public string Account { get; init; } = "";

    /// <summary>What was traded.</summary>
    public required string Symbol { get; init; }

    /// <summary>The venue's id of the execution; with account and symbol it occurs once.</summary>
    public required string TradeId { get; init; }

    /// <summary>Our id of the order; null for a liquidation.</summary>
    public string? OrderId { get; init; }

    /// <summary>The bot.</summary>
    public required string Bot { get; init; }

    /// <summary>When.</summary>
    public Timestamp Time { get; init; }

    /// <summary><c>buy</c> or <c>sell</c>.</summary>
    public required string Side { get; init; }

    /// <summary>In quote currency.</summary>
    public decimal Price { get; init; }

    /// <summary>In base currency.</summary>
    public decimal Quantity { get; init; }

    /// <summary>In quote currency.</summary>
    public decimal Fee { get; init; }

    /// <summary>Why the order was placed: <c>signal</c>, <c>stop_loss</c>, ...</summary>
    public required string Purpose { get; init; }
}
