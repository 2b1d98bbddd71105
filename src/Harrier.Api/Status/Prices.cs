using System.Globalization;
using Harrier.Api.Hosting;
using Harrier.Hosting.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Status;

/// <summary>A price now; or why there is none.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Price">Price of the last trade; null where none is known.</param>
/// <param name="Timestamp">When the account's data was looked at; null where no account has the symbol.</param>
/// <param name="Error">Why there is no price.</param>
public sealed record PriceAnswer(string Symbol, string? Price, DateTimeOffset? Timestamp, string? Error);

/// <summary>Prices by symbol.</summary>
/// <param name="Data">One entry for each symbol that was asked for.</param>
/// <param name="Count">How many.</param>
public sealed record PricesAnswer(IReadOnlyDictionary<string, PriceAnswer> Data, int Count);

/// <summary><c>GET /api/v1/market/prices?symbols=BTCUSDT,ETHUSDT</c>.</summary>
internal static class Prices
{
    private const int MostSymbols = 100;

    /// <summary>Shows the last prices of symbols that bots trade; of all of them when none is named.</summary>
    /// <param name="sources">What is read.</param>
    /// <param name="symbols">Symbols with commas between them, at most 100.</param>
    public static Results<Ok<PricesAnswer>, ValidationProblem> Get(ApiSources sources, string? symbols = null)
    {
        Dictionary<string, PriceAnswer> known = new(StringComparer.Ordinal);
        foreach (AccountStatus account in sources.Desk.Status)
        {
            foreach (SymbolView symbol in account.Symbols)
            {
                known.TryAdd(symbol.Symbol, new PriceAnswer(
                    symbol.Symbol, symbol.Last?.ToString(CultureInfo.InvariantCulture), account.Time.ToDateTimeOffset(), symbol.Last is null ? "no trade seen yet" : null));
            }
        }

        string[] asked = symbols?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [.. known.Keys];
        if (asked.Length > MostSymbols)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["symbols"] = [$"{asked.Length} symbols: at most {MostSymbols}"] });
        }

        Dictionary<string, PriceAnswer> data = asked.Distinct(StringComparer.Ordinal)
            .ToDictionary(static symbol => symbol, symbol => known.GetValueOrDefault(symbol) ?? new PriceAnswer(symbol, null, null, "no account has this symbol"));
        return TypedResults.Ok(new PricesAnswer(data, data.Count));
    }
}
