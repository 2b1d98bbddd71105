using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Conversions;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Uphold.Mapping;

/// <summary>The venue's transactions in the engine's words.</summary>
internal static class ConversionMapping
{
    /// <summary>What is wrong with a quote that was asked for; null when it is what was asked for.</summary>
    public static string? FaultOf(UpholdTransaction quote, ConversionRequest request)
    {
        Money fixedSide = request.Amount.Asset == request.From ? quote.Origin.Amount : quote.Destination.Amount;
        return quote.Requirements.Count > 0 ? "the venue wants more before it can be committed: " + string.Join(", ", quote.Requirements)
            : quote.Status != UpholdStatus.Pending ? $"the quote is not open but {quote.RawStatus}"
            : quote.TimeToLive is null ? "the quote does not say how long it can be committed"
            : quote.Origin.Amount.Asset != request.From || quote.Destination.Amount.Asset != request.To ? "the quote is for other assets"
            : quote.Origin.Amount.Amount <= 0 || quote.Destination.Amount.Amount <= 0 ? "the quote gives or takes nothing"
            : fixedSide != request.Amount ? $"the quote is for {fixedSide} instead of {request.Amount}"
            : quote.Reference is { } reference && reference != request.Intent.ToString() ? "the quote carries another reference"
            : null;
    }

    /// <summary>A transaction as the engine knows conversions.</summary>
    /// <param name="transaction">The venue's transaction.</param>
    /// <param name="intent">Our name of it.</param>
    /// <param name="expires">Until when it could be committed.</param>
    public static ConversionQuote Of(UpholdTransaction transaction, ClientOrderId intent, Timestamp expires) => new()
    {
        Id = transaction.Id,
        Intent = intent,
        From = transaction.Origin.Amount,
        To = transaction.Destination.Amount,
        Rate = transaction.Destination.Rate,
        Fees = [.. new[] { FeeOf(transaction.Origin), FeeOf(transaction.Destination) }.Where(fee => fee.Amount != 0)],
        Expires = expires,
    };

    public static ConversionResult NotDone(VenueError error) => ConversionAnswers.NotDone(
        error.Kind == VenueErrorKind.OrderNotFound ? RejectReason.QuoteExpired : RejectReasons.Of(error.Kind), error.Message);

    private static Money FeeOf(UpholdLeg leg) => leg.Amount with { Amount = leg.Commission + leg.Fee };
}
