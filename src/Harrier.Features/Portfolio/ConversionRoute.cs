using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>One conversion of a route, at a quoted price.</summary>
/// <param name="From">What is given.</param>
/// <param name="To">What is received.</param>
/// <param name="Rate">Units received for one given, after spread and fee.</param>
/// <param name="MidRate">The same at the middle between bid and ask, without a fee.</param>
/// <param name="Time">When the quote was read.</param>
public sealed record RouteLeg(Asset From, Asset To, decimal Rate, decimal MidRate, Timestamp Time);

/// <summary>A way from one asset to another over one or more conversions.</summary>
public sealed class ConversionRoute
{
    internal ConversionRoute(IReadOnlyList<RouteLeg> legs)
    {
        Legs = legs;
        Rate = 1;
        MidRate = 1;
        Oldest = legs[0].Time;
        foreach (RouteLeg leg in legs)
        {
            Rate *= leg.Rate;
            MidRate *= leg.MidRate;
            Oldest = leg.Time < Oldest ? leg.Time : Oldest;
        }
    }

    /// <summary>The conversions in the order in which they are made.</summary>
    public IReadOnlyList<RouteLeg> Legs { get; }

    /// <summary>What is given.</summary>
    public Asset From => Legs[0].From;

    /// <summary>What is received.</summary>
    public Asset To => Legs[^1].To;

    /// <summary>Units of <see cref="To"/> for one of <see cref="From"/>, after all spreads and fees.</summary>
    public decimal Rate { get; }

    /// <summary>The same at the middle of each quote, without fees.</summary>
    public decimal MidRate { get; }

    /// <summary>When the oldest of its quotes was read.</summary>
    public Timestamp Oldest { get; }

    /// <summary>The assets on the way: <c>BTC&gt;USD&gt;ETH</c>.</summary>
    public override string ToString() => string.Join('>', Legs.Select(leg => leg.From.Code).Append(To.Code));
}
