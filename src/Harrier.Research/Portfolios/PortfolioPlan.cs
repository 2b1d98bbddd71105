using Harrier.Domain;
using Harrier.Features.Portfolio;

namespace Harrier.Research.Portfolios;

/// <summary>What a plan sees at the close of bars.</summary>
/// <param name="Now">When they closed.</param>
/// <param name="Quotes">The newest quote of each pair, with the time of the bar that it is from.</param>
/// <param name="Graph">The same as a graph.</param>
/// <param name="Holdings">What is held, by code of the asset.</param>
internal sealed record PlanMoment(Timestamp Now, IReadOnlyList<PairQuote> Quotes, RateGraph Graph, IReadOnlyList<Money> Holdings);

/// <summary>A conversion that a plan wants, made at the opens of the next bars.</summary>
/// <param name="From">What to give, or as much of it as is held by then.</param>
/// <param name="Route">The way, as quoted when it was decided.</param>
internal sealed record PlannedConversion(Money From, ConversionRoute Route);

/// <summary>What decides on conversions.</summary>
internal interface IPortfolioPlan
{
    /// <summary>Name in results.</summary>
    string Name { get; }

    /// <summary>Decides at the close of bars.</summary>
    IReadOnlyList<PlannedConversion> Decide(PlanMoment moment);
}

/// <summary>Keeps what is held.</summary>
internal sealed class HoldPlan : IPortfolioPlan
{
    public string Name => "hold";

    public IReadOnlyList<PlannedConversion> Decide(PlanMoment moment) => [];
}

/// <summary>The portfolio bot: the very code that runs, on the bars' closes.</summary>
/// <param name="optimizer">The bot's decisions.</param>
internal sealed class BotPlan(PortfolioOptimizer optimizer) : IPortfolioPlan
{
    public string Name => "bot";

    public IReadOnlyList<PlannedConversion> Decide(PlanMoment moment) =>
        optimizer.Look(new PortfolioMoment(moment.Now, moment.Quotes, moment.Holdings)).Best is { } best ? [new PlannedConversion(best.From, best.Route)] : [];
}
