using System.Text.Json.Serialization;
using Harrier.Domain;

namespace Harrier.Storage.Records.Rows;

/// <summary>A position from entry to exit, as it is kept for good. Prices and money in quote currency, quantities in base currency.</summary>
public sealed record TradeRow
{
    /// <summary>The account.</summary>
    public string Account { get; init; } = "";

    /// <summary>Number within the account, from 1.</summary>
    [JsonPropertyName("id")]
    public long Number { get; init; }

    /// <summary>The bot.</summary>
    public required string Bot { get; init; }

    /// <summary>What was traded.</summary>
    public required string Symbol { get; init; }

    /// <summary><c>long</c> or <c>short</c>.</summary>
    public required string Side { get; init; }

    /// <summary>Time of the first fill.</summary>
    public Timestamp EntryTime { get; init; }

    /// <summary>Time of the last fill.</summary>
    public Timestamp ExitTime { get; init; }

    /// <summary>Average entry price.</summary>
    public decimal EntryPrice { get; init; }

    /// <summary>Average exit price.</summary>
    public decimal ExitPrice { get; init; }

    /// <summary>Size entered.</summary>
    public decimal Quantity { get; init; }

    /// <summary>All fees.</summary>
    public decimal Fees { get; init; }

    /// <summary>Funding; above 0 when received.</summary>
    public decimal Funding { get; init; }

    /// <summary>Profit, or loss below 0, after fees and funding.</summary>
    public decimal Pnl { get; init; }

    /// <summary>Loss at the first stop; null without one.</summary>
    public decimal? InitialRisk { get; init; }

    /// <summary>Why it was closed: <c>signal</c>, <c>stop_loss</c>, ...</summary>
    public required string ExitReason { get; init; }

    /// <summary>The kind of planned entry; null without a plan.</summary>
    public string? Setup { get; init; }

    /// <summary>What agreed on that entry; null without a plan.</summary>
    public string? Confluence { get; init; }
}
