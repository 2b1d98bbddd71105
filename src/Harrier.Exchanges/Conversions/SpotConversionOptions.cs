using Harrier.Domain;
using Harrier.Exchanges.Rates;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Conversions;

/// <summary>How an account converts on a spot market.</summary>
public sealed record SpotConversionOptions
{
    /// <summary>The asset in which people reckon.</summary>
    /// <value>USDT.</value>
    public Asset Numeraire { get; init; } = new("USDT");

    /// <summary>What taking from a book costs where the venue does not tell it, as a fraction.</summary>
    /// <value>0.001, which the large venues take of small accounts.</value>
    public decimal UsualFee { get; init; } = 0.001m;

    /// <summary>How prices are kept; whoever asks for one says how old it may be.</summary>
    public RateCacheOptions Rates { get; init; } = new() { Life = RateCacheOptions.LongestLife };

    /// <summary>How long a price that was read from the book may be ordered at.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan QuoteLife { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Changes when to ask for orders whose answer was lost.</summary>
    public Func<UnknownOutcomeOptions, UnknownOutcomeOptions> Unknown { get; init; } = static options => options;
}
