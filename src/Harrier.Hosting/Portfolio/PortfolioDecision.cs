using Harrier.Domain;
using Harrier.Storage.Records.Rows;

namespace Harrier.Hosting.Portfolio;

/// <summary>How far a decision is.</summary>
public enum DecisionStatus : byte
{
    /// <summary>Decided; what was sent, if anything, has not ended as far as is known.</summary>
    Pending = 0,

    /// <summary>The amounts moved.</summary>
    Executed = 1,

    /// <summary>Nothing moved.</summary>
    Failed = 2,

    /// <summary>Nothing was to be sent.</summary>
    DryRun = 3,
}

/// <summary>A conversion that a bot decided on.</summary>
public sealed record PortfolioDecision
{
    /// <summary>How the reason of a later step of a route begins; the number of the decision before follows.</summary>
    internal const string LaterStep = "the next step after decision ";

    /// <summary>Number within the account, from 1; also that of the intent at the venue.</summary>
    public required long Number { get; init; }

    /// <summary>Which bot.</summary>
    public required string Bot { get; init; }

    /// <summary>When it was decided.</summary>
    public required Timestamp CreatedAt { get; init; }

    /// <summary>What is given: as decided, and as moved once it is executed.</summary>
    public required Money From { get; init; }

    /// <summary>What is expected to arrive, and what arrived once it is executed.</summary>
    public required Money To { get; init; }

    /// <summary>True where the base of the pair is bought.</summary>
    public required bool IsBuy { get; init; }

    /// <summary>Worth of one unit given, in the numeraire.</summary>
    public required decimal FromPrice { get; init; }

    /// <summary>Worth of one unit wanted, in the numeraire.</summary>
    public required decimal ToPrice { get; init; }

    /// <summary>Figures of the whole route.</summary>
    public required DecisionFigures Figures { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>How much worse than expected a quote may be, as a fraction.</summary>
    public required decimal MaxSlippage { get; init; }

    /// <summary>Assets that follow on the way, each with what one unit of the one before is expected to bring.</summary>
    public IReadOnlyList<(Asset Asset, decimal Rate)> Onward { get; init; } = [];

    /// <summary>How far it is.</summary>
    public DecisionStatus Status { get; init; }

    /// <summary>What became of it; null while nothing is known.</summary>
    public string? Result { get; init; }

    /// <summary>The venue's transaction; null before there is one.</summary>
    public VenueTradeId? Transaction { get; init; }

    /// <summary>When its end was learned; null before.</summary>
    public Timestamp? EndedAt { get; init; }

    /// <summary>True for a step of a route that is not its first: what it gives came from the step before.</summary>
    internal bool IsLaterStep => Reason.StartsWith(LaterStep, StringComparison.Ordinal);

    /// <summary>Units expected for one given, after all costs.</summary>
    public decimal ExpectedRate => From.Amount == 0 ? 0 : To.Amount / From.Amount;

    /// <summary>The word for a status, as guide 003 has it.</summary>
    public static string WordOf(DecisionStatus status) => status switch
    {
        DecisionStatus.Pending => "PENDING",
        DecisionStatus.Executed => "EXECUTED",
        DecisionStatus.Failed => "FAILED",
        _ => "DRY_RUN",
    };

    /// <summary>The row that is kept of it.</summary>
    public DecisionRow ToRow() => new()
    {
        Number = Number,
        Bot = Bot,
        FromAsset = From.Asset.Code,
        ToAsset = To.Asset.Code,
        Decision = IsBuy ? "BUY" : "SELL",
        Status = WordOf(Status),
        Amount = From.Amount,
        Received = Status == DecisionStatus.Executed ? To.Amount : null,
        FromPrice = FromPrice,
        ToPrice = ToPrice,
        Confidence = Figures.Confidence,
        Risk = Figures.Risk,
        Volatility = Figures.Volatility,
        ExpectedReturn = Figures.ExpectedReturn,
        Reason = Reason,
        Result = Result,
        TransactionId = Transaction?.ToString(),
        CreatedAt = CreatedAt,
        ExecutedAt = EndedAt,
    };
}

/// <summary>The figures by which a conversion was chosen.</summary>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Risk">0 to 1.</param>
/// <param name="Volatility">As a fraction.</param>
/// <param name="ExpectedReturn">After all costs, as a fraction.</param>
public readonly record struct DecisionFigures(double Confidence, double Risk, double Volatility, double ExpectedReturn);
