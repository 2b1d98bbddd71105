using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Features.Portfolio;

namespace Harrier.Hosting.Portfolio;

/// <summary>What may change a portfolio account. The list is closed, and each is journaled before it is handled.</summary>
/// <param name="Time">When it reached us; never before the one before.</param>
public abstract record PortfolioInput(Timestamp Time);

/// <summary>A bot and what it is to do.</summary>
/// <param name="Name">The bot.</param>
/// <param name="Settings">Its settings.</param>
public sealed record ConfiguredBot(string Name, PortfolioSettings Settings);

/// <summary>Bots and pairs are these from now on.</summary>
/// <param name="Time">When.</param>
/// <param name="Bots">The bots that are carried.</param>
/// <param name="Pairs">All pairs of the account, enabled or not.</param>
public sealed record PortfolioConfigured(Timestamp Time, IReadOnlyList<ConfiguredBot> Bots, IReadOnlyList<TradingPair> Pairs) : PortfolioInput(Time);

/// <summary>A bot looked at the venue: all that its decision depends on.</summary>
/// <param name="Time">When.</param>
/// <param name="Bot">Which bot.</param>
/// <param name="Rates">Prices, each with the time at which it was read.</param>
/// <param name="Holdings">What the account holds.</param>
public sealed record PortfolioObserved(Timestamp Time, string Bot, IReadOnlyList<ConversionRate> Rates, IReadOnlyList<Holding> Holdings) : PortfolioInput(Time);

/// <summary>The venue gave a binding price for what was decided.</summary>
/// <param name="Time">When.</param>
/// <param name="Decision">Number of the decision.</param>
/// <param name="Quote">The price.</param>
public sealed record QuoteReceived(Timestamp Time, long Decision, ConversionQuote Quote) : PortfolioInput(Time);

/// <summary>There is no binding price for what was decided, and nothing was committed.</summary>
/// <param name="Time">When.</param>
/// <param name="Decision">Number of the decision.</param>
/// <param name="Why">One line, without secrets.</param>
public sealed record QuoteFailed(Timestamp Time, long Decision, string Why) : PortfolioInput(Time);

/// <summary>What is known of a commit.</summary>
/// <param name="Time">When it was learned.</param>
/// <param name="Decision">Number of the decision.</param>
/// <param name="Outcome">What is known.</param>
/// <param name="Settled">What really moved; null unless done.</param>
/// <param name="Why">One line for the audit.</param>
public sealed record CommitEnded(Timestamp Time, long Decision, ConversionOutcome Outcome, ConversionQuote? Settled, string Why) : PortfolioInput(Time);

/// <summary>An order of the operator to the account.</summary>
/// <param name="Time">When.</param>
/// <param name="IsHalt">True: nothing is converted that grows a position, until the opposite is ordered.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record PortfolioOrdered(Timestamp Time, bool IsHalt, string By, string Reason) : PortfolioInput(Time);

/// <summary>The account has other costs, decimals or limits from now on; account, venue, numeraire and run stay.</summary>
/// <param name="Time">When.</param>
/// <param name="Terms">What it is now.</param>
public sealed record PortfolioRetermed(Timestamp Time, PortfolioTerms Terms) : PortfolioInput(Time);
