using Harrier.Domain;

namespace Harrier.Engine.Execution;

/// <summary>How far a conversion is.</summary>
public enum ConversionStage : byte
{
    /// <summary>A quote is about to be committed: the risk gate is asked, and what it would cost is held back.</summary>
    Requested = 0,

    /// <summary>The amounts moved.</summary>
    Done = 1,

    /// <summary>Nothing moved, and nothing will.</summary>
    NotDone = 2,
}

/// <summary>
/// A step of a conversion, as an input of the engine. The request is journaled before the commit leaves, so that a restart knows what may have moved;
/// the end is booked once by the transaction's id, whoever reports it and however often. Passed by reference, never stored by the engine.
/// </summary>
public readonly struct ConversionReport
{
    /// <summary>Which step.</summary>
    public required ConversionStage Stage { get; init; }

    /// <summary>The venue's id of the transaction.</summary>
    public required VenueTradeId Id { get; init; }

    /// <summary>Our name of the intent; the default for a conversion that nobody here asked for.</summary>
    public ClientOrderId Intent { get; init; }

    /// <summary>Whose sub-ledger.</summary>
    public required BotId Bot { get; init; }

    /// <summary>What leaves, all fees included.</summary>
    public required Money From { get; init; }

    /// <summary>What arrives, after all fees.</summary>
    public required Money To { get; init; }

    /// <summary>The part of <see cref="From"/> that is a fee.</summary>
    public decimal FeeFrom { get; init; }

    /// <summary>The fee taken before <see cref="To"/> arrived, in its asset.</summary>
    public decimal FeeTo { get; init; }

    /// <summary>Until when the quote can be committed; read only in a request.</summary>
    public Timestamp Expires { get; init; }

    /// <summary>When it reached us.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>The request to carry out a quote.</summary>
    /// <param name="quote">The quote.</param>
    /// <param name="bot">Whose.</param>
    /// <param name="now">When.</param>
    public static ConversionReport Request(ConversionQuote quote, BotId bot, Timestamp now) => Of(ConversionStage.Requested, quote, bot, now);

    /// <summary>The amounts of a transaction moved.</summary>
    /// <param name="settled">What really moved.</param>
    /// <param name="bot">Whose.</param>
    /// <param name="now">When it was learned.</param>
    public static ConversionReport Done(ConversionQuote settled, BotId bot, Timestamp now) => Of(ConversionStage.Done, settled, bot, now);

    /// <summary>Nothing moved.</summary>
    /// <param name="conversion">What was asked for.</param>
    /// <param name="now">When it was learned.</param>
    public static ConversionReport NotDone(OpenConversion conversion, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        return new ConversionReport
        {
            Stage = ConversionStage.NotDone,
            Id = conversion.Id,
            Intent = conversion.Intent,
            Bot = conversion.Bot,
            From = conversion.From,
            To = conversion.To,
            Expires = conversion.Expires,
            Time = now,
        };
    }

    private static ConversionReport Of(ConversionStage stage, ConversionQuote quote, BotId bot, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(quote);
        return new ConversionReport
        {
            Stage = stage,
            Id = quote.Id,
            Intent = quote.Intent,
            Bot = bot,
            From = quote.From,
            To = quote.To,
            FeeFrom = FeeIn(quote, quote.From.Asset),
            FeeTo = FeeIn(quote, quote.To.Asset),
            Expires = quote.Expires,
            Time = now,
        };
    }

    private static decimal FeeIn(ConversionQuote quote, Asset asset)
    {
        decimal sum = 0;
        foreach (Money fee in quote.Fees)
        {
            sum += fee.Asset == asset ? fee.Amount : 0;
        }

        return sum;
    }
}
