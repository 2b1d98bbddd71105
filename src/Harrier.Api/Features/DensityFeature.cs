using System.Globalization;
using Harrier.Api.Hosting;
using Harrier.Domain;
using Harrier.Features.Microstructure;
using Harrier.Hosting.Markets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Features;

/// <summary>A wall of an order book, as guide 001 has it.</summary>
/// <param name="Price">Middle of its prices.</param>
/// <param name="Side"><c>bid</c> or <c>ask</c>.</param>
/// <param name="Size">What rests there, in base currency.</param>
/// <param name="Strength">Size over the median size.</param>
/// <param name="InitialSize">What rested there when it was found.</param>
/// <param name="EatenRatio">What of its largest size is gone, 0 to 1.</param>
public sealed record WallAnswer(double Price, string Side, double Size, double Strength, double InitialSize, double EatenRatio)
{
    /// <summary>The answer of a wall.</summary>
    internal static WallAnswer Of(Wall wall) => new(wall.Price, wall.Side == OrderSide.Buy ? "bid" : "ask", wall.Size, wall.Strength, wall.InitialSize, wall.EatenRatio);
}

/// <summary>The walls of a market.</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="Timestamp">When, in milliseconds.</param>
/// <param name="Densities">The walls, those nearest to the middle first; none while the book cannot be read.</param>
/// <param name="Threshold">The smallest size of a wall; null while that is not known.</param>
/// <param name="KDensity">How many times the median size a wall has.</param>
public sealed record DensityAnswer(string Symbol, long Timestamp, IReadOnlyList<WallAnswer> Densities, double? Threshold, double KDensity);

/// <summary><c>GET /api/features/density</c>.</summary>
internal static class DensityFeature
{
    private const double UsualRange = 50;
    private const double LargestRange = 60;

    /// <summary>Shows the walls in the book of a market of the run.</summary>
    /// <param name="sources">What is read.</param>
    /// <param name="symbol">As BTCUSDT or BTC/USDT.</param>
    /// <param name="range_bps">How far from the middle is looked, above 0, to 60 basis points; 50 when nothing is said.</param>
    public static Results<Ok<DensityAnswer>, ProblemHttpResult, ValidationProblem> Get(ApiSources sources, string? symbol = null, string? range_bps = null)
    {
        (SymbolMemory? memory, ProblemHttpResult? problem) = FeatureSymbol.Find(sources, symbol);
        if (memory is null)
        {
            return problem!;
        }

        double range = UsualRange;
        if (range_bps is not null && (!double.TryParse(range_bps, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out range) || range is not (> 0 and <= LargestRange)))
        {
            Faults faults = new();
            faults.Add("range_bps", range_bps, "a number above 0, at most 60");
            return faults.Problem;
        }

        WallMemory walls = sources.Markets.WallsOf(memory.Instrument);
        WallReading reading = walls.Read();
        double mid = reading.Mid ?? double.NaN;
        return TypedResults.Ok(new DensityAnswer(
            memory.Instrument.Symbol,
            sources.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            [.. reading.Walls.Where(wall => Math.Abs(wall.Price - mid) <= mid * range / 1e4).OrderBy(wall => Math.Abs(wall.Price - mid)).Select(WallAnswer.Of)],
            reading.Threshold,
            walls.Settings.Strength));
    }
}
