using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>What a venue pays and asks for one unit of an asset.</summary>
public sealed record PairQuote
{
    /// <summary>Creates it.</summary>
    /// <param name="baseAsset">What is priced.</param>
    /// <param name="quoteAsset">What it is priced in.</param>
    /// <param name="bid">What the venue pays for one unit, above 0.</param>
    /// <param name="ask">What the venue asks for one unit, at least the bid.</param>
    /// <param name="time">When it was read.</param>
    /// <exception cref="PortfolioInputException">The assets are the same, or the prices are not in order.</exception>
    public PairQuote(Asset baseAsset, Asset quoteAsset, decimal bid, decimal ask, Timestamp time)
    {
        if (baseAsset == quoteAsset || bid <= 0 || ask < bid)
        {
            throw new PortfolioInputException(
                "quote", FormattableString.Invariant($"{baseAsset}-{quoteAsset} bid {bid} ask {ask}"), "two different assets, a bid above 0, an ask of at least the bid");
        }

        (Base, Quote, Bid, Ask, Time) = (baseAsset, quoteAsset, bid, ask, time);
    }

    /// <summary>What is priced.</summary>
    public Asset Base { get; }

    /// <summary>What it is priced in.</summary>
    public Asset Quote { get; }

    /// <summary>Units of <see cref="Quote"/> for one of <see cref="Base"/> that is sold to the venue.</summary>
    public decimal Bid { get; }

    /// <summary>Units of <see cref="Quote"/> for one of <see cref="Base"/> that is bought.</summary>
    public decimal Ask { get; }

    /// <summary>When it was read.</summary>
    public Timestamp Time { get; }

    /// <summary>Between bid and ask.</summary>
    public decimal Mid => Bid + ((Ask - Bid) / 2);
}
