using Harrier.Domain;

namespace Harrier.Storage.Records.Rows;

/// <summary>What a bot's part of an account was worth at a moment.</summary>
public sealed record EquityRow
{
    /// <summary>The account.</summary>
    public string Account { get; init; } = "";

    /// <summary>The bot.</summary>
    public required string Bot { get; init; }

    /// <summary>When.</summary>
    public Timestamp Time { get; init; }

    /// <summary>Worth in quote currency, at the mark.</summary>
    public decimal Equity { get; init; }

    /// <summary>Worth less what was paid in.</summary>
    public decimal Pnl { get; init; }

    /// <summary>What it holds in base currency; below 0 when short.</summary>
    public decimal Position { get; init; }
}
