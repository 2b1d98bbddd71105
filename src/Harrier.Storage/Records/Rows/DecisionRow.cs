using Harrier.Domain;

namespace Harrier.Storage.Records.Rows;

/// <summary>A conversion that a portfolio bot decided on, from the decision to its end. Amounts in their own asset with every digit, ratios as fractions.</summary>
public sealed record DecisionRow
{
    /// <summary>The account.</summary>
    public string Account { get; init; } = "";

    /// <summary>Number within the account, from 1.</summary>
    public long Number { get; init; }

    /// <summary>The bot.</summary>
    public required string Bot { get; init; }

    /// <summary>What is given.</summary>
    public required string FromAsset { get; init; }

    /// <summary>What is wanted.</summary>
    public required string ToAsset { get; init; }

    /// <summary><c>BUY</c> or <c>SELL</c>.</summary>
    public required string Decision { get; init; }

    /// <summary><c>PENDING</c> before anything is sent, then <c>EXECUTED</c> or <c>FAILED</c>; <c>DRY_RUN</c> where nothing was to be sent.</summary>
    public required string Status { get; init; }

    /// <summary>How much is given: as decided, and as moved once it is executed.</summary>
    public decimal Amount { get; init; }

    /// <summary>How much arrived; null until it is executed.</summary>
    public decimal? Received { get; init; }

    /// <summary>Worth of one unit of what is given, in the currency of reckoning, at the decision.</summary>
    public decimal FromPrice { get; init; }

    /// <summary>Worth of one unit of what is wanted, as <see cref="FromPrice"/>.</summary>
    public decimal ToPrice { get; init; }

    /// <summary>0 to 1.</summary>
    public double Confidence { get; init; }

    /// <summary>0 to 1.</summary>
    public double Risk { get; init; }

    /// <summary>As a fraction of the price.</summary>
    public double Volatility { get; init; }

    /// <summary>After all costs, as a fraction.</summary>
    public double ExpectedReturn { get; init; }

    /// <summary>Why it was decided.</summary>
    public required string Reason { get; init; }

    /// <summary>What became of it, in words; null while it is pending.</summary>
    public string? Result { get; init; }

    /// <summary>The venue's id of the transaction; null before there is one.</summary>
    public string? TransactionId { get; init; }

    /// <summary>When it was decided.</summary>
    public Timestamp CreatedAt { get; init; }

    /// <summary>When its end was learned; null while it is pending.</summary>
    public Timestamp? ExecutedAt { get; init; }
}
