using System.Text.Json;
using Harrier.Api.Hosting;
using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Portfolio;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Portfolio;

/// <summary>A pair, as guide 003 has it.</summary>
/// <param name="PairSymbol">Both codes with a dash.</param>
/// <param name="Priority">A higher one is looked at more often.</param>
/// <param name="IsEnabled">False for one that is left alone.</param>
internal sealed record PairAnswer(string PairSymbol, int Priority, bool IsEnabled);

/// <summary>A pair that is put.</summary>
/// <param name="PairSymbol">Both codes with a dash.</param>
/// <param name="Priority">A higher one is looked at more often.</param>
/// <param name="IsEnabled">False for one that is left alone; it is looked at where nothing is said.</param>
internal sealed record PairBody(string PairSymbol, int Priority = 0, bool? IsEnabled = null);

/// <summary>A price, as guide 003 has it.</summary>
/// <param name="Symbol">The pair.</param>
/// <param name="Bid">What the venue pays.</param>
/// <param name="Ask">What it asks.</param>
/// <param name="Last">Between the two, or the last trade.</param>
internal sealed record PairPriceAnswer(string Symbol, decimal? Bid, decimal? Ask, decimal? Last);

/// <summary>Pairs and settings of portfolio bots: <c>/api/v1/pairs</c>, <c>/api/v1/runbot/config</c>, <c>/price/{pair}</c>.</summary>
internal static class PortfolioAnswers
{
    /// <summary>Lists the pairs of an account, the highest priority first.</summary>
    public static Ok<PairAnswer[]> Pairs(string? account, ApiSources sources) =>
        TypedResults.Ok(StoreOf(sources, account).Pairs().Select(static pair => new PairAnswer(pair.Symbol, pair.Priority, pair.IsEnabled)).ToArray());

    /// <summary>Adds a pair, or gives the one that is there this priority and state.</summary>
    public static Results<Ok<PairAnswer>, ProblemHttpResult> PutPair(PairBody body, string? account, ApiSources sources)
    {
        if (account is not null && !PortfolioStore.IsName(account))
        {
            return TypedResults.Problem($"account: {Shown.Of(account)}: {PortfolioStore.NameAllowed}", statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            TradingPair pair = TradingPair.Parse(body.PairSymbol ?? "", body.Priority, body.IsEnabled ?? true);
            PortfolioStore store = StoreOf(sources, account);
            store.Add([pair]);
            store.Put([pair]);
            return TypedResults.Ok(new PairAnswer(pair.Symbol, pair.Priority, pair.IsEnabled));
        }
        catch (PortfolioInputException wrong)
        {
            return TypedResults.Problem($"{(wrong.Field == "pair" ? "pair_symbol" : wrong.Field)}: {Shown.Of(wrong.Value)}: {wrong.Allowed}", statusCode: StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Shows the settings of a bot, as texts.</summary>
    public static Results<Ok<Dictionary<string, string>>, ProblemHttpResult> Config(string? account, string? bot, ApiSources sources)
    {
        PortfolioTarget target = PortfolioTarget.Of(sources, account, bot);
        return StoreOf(sources, target.Account).Find(target.Bot) is { } settings
            ? TypedResults.Ok(Texts(settings))
            : TypedResults.Problem($"bot: {Shown.Of(target.Bot)}: a portfolio bot with settings", statusCode: StatusCodes.Status404NotFound);
    }

    /// <summary>Changes settings of a bot, all that is asked for or nothing: an object of names with numbers, flags or texts.</summary>
    public static Results<Ok<Dictionary<string, string>>, ProblemHttpResult> Change(JsonElement body, string? account, string? bot, ApiSources sources)
    {
        PortfolioTarget target = PortfolioTarget.Of(sources, account, bot);
        PortfolioStore store = StoreOf(sources, target.Account);
        if (store.Find(target.Bot) is null)
        {
            return TypedResults.Problem($"bot: {Shown.Of(target.Bot)}: a portfolio bot with settings", statusCode: StatusCodes.Status404NotFound);
        }

        List<string> faults = [];
        IReadOnlyList<KeyValuePair<string, string>> changes = body.ValueKind == JsonValueKind.Object ? PortfolioSettings.ChangesOf(body, faults) : [];
        if (body.ValueKind != JsonValueKind.Object)
        {
            faults.Add("body: an object of what changes");
        }

        (PortfolioSettings? changed, IReadOnlyList<string> wrong) = faults.Count > 0 ? (null, faults) : store.Change(target.Bot, changes, Timestamp.From(sources.Time.GetUtcNow()));
        return changed is null
            ? TypedResults.Problem(string.Join("; ", wrong), statusCode: StatusCodes.Status400BadRequest)
            : TypedResults.Ok(Texts(changed));
    }

    /// <summary>The newest price of a pair that the run knows.</summary>
    public static Results<Ok<PairPriceAnswer>, NotFound<PairFault>> Price(string pair, ApiSources sources) =>
        sources.Desk.Status.SelectMany(static account => account.Symbols).FirstOrDefault(symbol => symbol.Last is not null && symbol.Symbol.Equals(pair, StringComparison.OrdinalIgnoreCase)) is { } found
            ? TypedResults.Ok(new PairPriceAnswer(found.Symbol, found.Bid, found.Ask, found.Last))
            : TypedResults.NotFound(new PairFault($"no price of {Shown.Of(pair)}"));

    private static PortfolioStore StoreOf(ApiSources sources, string? account) => new(sources.Records, account ?? PortfolioTarget.Of(sources, null, null).Account);

    private static Dictionary<string, string> Texts(PortfolioSettings settings) => PortfolioSettings.Fields.ToDictionary(static field => field.Name, field => field.Read(settings));
}

/// <summary>Why there is no price.</summary>
/// <param name="Error">In words.</param>
internal sealed record PairFault(string Error);
