using Harrier.Api.Hosting;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Status;

/// <summary>A bot as the API shows it. Money, prices and quantities are texts.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Strategy">Key of its strategy.</param>
/// <param name="Symbol">What it trades.</param>
/// <param name="Interval">Length of its bars.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Position">What it holds in base currency; below 0 when short.</param>
/// <param name="EntryPrice">Average price of that; 0 when flat.</param>
/// <param name="Equity">What its part of the account is worth.</param>
/// <param name="Pnl">Equity less what was paid in.</param>
/// <param name="RoundTrips">Positions ended since this start.</param>
/// <param name="WorkingOrders">Orders that work.</param>
public sealed record BotAnswer(
    string Account, string Name, string Strategy, string Symbol, string Interval, string State, decimal Position, decimal EntryPrice, decimal Equity, decimal Pnl, int RoundTrips, int WorkingOrders)
{
    /// <summary>The answer of a bot's status.</summary>
    internal static BotAnswer Of(string account, BotStatus bot) => new(
        account, bot.Name, bot.Strategy, bot.Symbol, bot.Interval.ToString(), BotLifecycle.Word(bot.State), bot.Position, bot.EntryPrice, bot.Equity, bot.Pnl, bot.RoundTrips, bot.WorkingOrders);
}

/// <summary>A symbol's market data as the API shows it.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Last">Price of the last trade; null before the first.</param>
/// <param name="Book">State of its book; null where none is kept.</param>
public sealed record SymbolAnswer(string Symbol, decimal? Last, string? Book);

/// <summary>An account as the API shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Venue">Whose market data.</param>
/// <param name="Time">The moment.</param>
/// <param name="Equity">What it is worth, in quote currency.</param>
/// <param name="Bots">Its bots.</param>
/// <param name="Symbols">Its market data.</param>
public sealed record AccountAnswer(string Name, string Venue, DateTimeOffset Time, decimal Equity, IReadOnlyList<BotAnswer> Bots, IReadOnlyList<SymbolAnswer> Symbols)
{
    /// <summary>What becomes of its orders: <c>paper</c>, <c>dry-run</c>, <c>demo</c>, <c>live</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>What it may do, and how much of its limits is used up.</summary>
    public required RiskAnswer Risk { get; init; }

    /// <summary>The account at its venue; null for one that the venue does not know.</summary>
    public required VenueAnswer? AtVenue { get; init; }

    /// <summary>The answer of an account's status.</summary>
    internal static AccountAnswer Of(AccountStatus account) => new(
        account.Name,
        account.Venue.Name,
        account.Time.ToDateTimeOffset(),
        account.Equity,
        [.. account.Bots.Select(bot => BotAnswer.Of(account.Name, bot))],
        [.. account.Symbols.Select(static symbol => new SymbolAnswer(symbol.Symbol, symbol.Last, symbol.Book))])
    {
        Mode = account.Mode,
        Risk = RiskAnswer.Of(account.Risk),
        AtVenue = VenueAnswer.Of(account.AtVenue),
    };
}

/// <summary><c>GET /api/v1/accounts</c>, <c>/api/v1/accounts/{account}</c>, <c>/api/v1/bots</c>, <c>/api/v1/risk</c>.</summary>
internal static class Accounts
{
    /// <summary>Lists the accounts with their bots.</summary>
    public static Ok<AccountAnswer[]> List(ApiSources sources) => TypedResults.Ok(sources.Desk.Status.Select(AccountAnswer.Of).ToArray());

    /// <summary>Shows one account.</summary>
    /// <param name="account">Its name.</param>
    /// <param name="sources">What is read.</param>
    public static Results<Ok<AccountAnswer>, ProblemHttpResult> Get(string account, ApiSources sources) =>
        sources.Desk.Status.FirstOrDefault(one => one.Name == account) is { } found
            ? TypedResults.Ok(AccountAnswer.Of(found))
            : TypedResults.Problem($"account: {account}: one of {string.Join(", ", sources.Desk.Status.Select(static one => one.Name))}", statusCode: StatusCodes.Status404NotFound);

    /// <summary>Shows what each account may do, and how much of its limits is used up.</summary>
    public static Ok<AccountRiskAnswer[]> Risk(ApiSources sources) => TypedResults.Ok(sources.Desk.Status.Select(static account => new AccountRiskAnswer(account.Name, RiskAnswer.Of(account.Risk))).ToArray());

    /// <summary>Lists the bots of all accounts.</summary>
    public static Ok<BotAnswer[]> Bots(ApiSources sources) =>
        TypedResults.Ok(sources.Desk.Status.SelectMany(static account => account.Bots.Select(bot => BotAnswer.Of(account.Name, bot))).ToArray());
}
