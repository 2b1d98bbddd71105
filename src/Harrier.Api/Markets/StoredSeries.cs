using Harrier.Api.Hosting;
using Harrier.Storage.Market;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Markets;

/// <summary>A series of the market data store.</summary>
/// <param name="Venue">Whose.</param>
/// <param name="Symbol">Of what.</param>
/// <param name="Kind"><c>bars</c>, <c>trades</c>, <c>funding</c> or <c>book</c>.</param>
/// <param name="Interval">Length of bars; null for other kinds.</param>
public sealed record StoredSeriesAnswer(string Venue, string Symbol, string Kind, string? Interval);

/// <summary>What is stored.</summary>
/// <param name="Data">By venue and symbol.</param>
/// <param name="Count">How many.</param>
public sealed record AvailableAnswer(IReadOnlyList<StoredSeriesAnswer> Data, int Count);

/// <summary><c>GET /api/v1/data/available</c>.</summary>
internal static class StoredSeries
{
    /// <summary>Lists what the market data store of the home holds.</summary>
    public static Ok<AvailableAnswer> List(ApiSources sources)
    {
        StoredSeriesAnswer[] data = [];
        if (Directory.Exists(sources.Store))
        {
            using MarketStore store = MarketStore.Open(sources.Store);
            data = [.. store.List().Select(static key => new StoredSeriesAnswer(key.Venue.Name, key.Symbol, key.Kind.ToString().ToLowerInvariant(), key.IntervalName))];
        }

        return TypedResults.Ok(new AvailableAnswer(data, data.Length));
    }
}
