using Harrier.Domain;

namespace Harrier.Engine.Execution;

/// <summary>A binding price that waits to be committed.</summary>
public sealed record ConversionQuote
{
    /// <summary>The venue's id of the quote, and of the transaction it becomes.</summary>
    public required VenueTradeId Id { get; init; }

    /// <summary>Our name of the intent.</summary>
    public required ClientOrderId Intent { get; init; }

    /// <summary>What leaves, all fees included.</summary>
    public required Money From { get; init; }

    /// <summary>What arrives, after all fees.</summary>
    public required Money To { get; init; }

    /// <summary>The venue's own rate, units of <see cref="To"/> for one of <see cref="From"/> before fees; 0 where it tells none.</summary>
    public decimal Rate { get; init; }

    /// <summary>The fees contained in <see cref="From"/> and <see cref="To"/>, each in one of their assets.</summary>
    public IReadOnlyList<Money> Fees { get; init; } = [];

    /// <summary>Until when it can be committed, at the earliest, by our clock.</summary>
    public required Timestamp Expires { get; init; }

    /// <summary>What one unit given brings after all fees; 0 where nothing is given.</summary>
    public decimal EffectiveRate => From.Amount == 0 ? 0 : To.Amount / From.Amount;
}
