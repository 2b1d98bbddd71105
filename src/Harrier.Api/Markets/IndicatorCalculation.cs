using Harrier.Api.Hosting;
using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Indicators;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Markets;

/// <summary>Which indicators, of what.</summary>
/// <param name="Symbol">As BTCUSDT.</param>
/// <param name="Indicators">Such as <c>rsi:14</c>, <c>macd:12:26:9</c>, <c>bbands:20:2</c>; 1 to 30.</param>
/// <param name="Interval">Length of candles, 1h when nothing is said.</param>
/// <param name="Limit">How many of the newest candles, 1 to 1000; 500 when nothing is said.</param>
/// <param name="Venue">Of this venue.</param>
public sealed record IndicatorBody(string? Symbol = null, IReadOnlyList<string>? Indicators = null, string? Interval = null, int? Limit = null, string? Venue = null);

/// <summary>Indicators at a candle; null while they warm up.</summary>
/// <param name="Timestamp">Begin of the candle, in milliseconds.</param>
/// <param name="Values">By name.</param>
public sealed record IndicatorRow(long Timestamp, IReadOnlyDictionary<string, double?> Values);

/// <summary>Indicators over candles.</summary>
/// <param name="Symbol">Of what.</param>
/// <param name="Interval">Length of the candles.</param>
/// <param name="Latest">At the last candle.</param>
/// <param name="Data">At every candle, oldest first.</param>
/// <param name="Count">How many candles.</param>
public sealed record IndicatorAnswer(string Symbol, string Interval, IReadOnlyDictionary<string, double?> Latest, IReadOnlyList<IndicatorRow> Data, int Count);

/// <summary><c>POST /api/v1/indicators/calculate</c>.</summary>
internal static class IndicatorCalculation
{
    private const int MostCandles = 1000;
    private const int MostIndicators = 30;

    /// <summary>Computes indicators over the candles of a symbol.</summary>
    public static Results<Ok<IndicatorAnswer>, ValidationProblem, ProblemHttpResult> Run(IndicatorBody body, ApiSources sources)
    {
        Faults faults = new();
        BarSpec spec = Klines.IntervalOf(body.Interval ?? "1h", faults);
        int limit = body.Limit ?? 500;
        if (limit is < 1 or > MostCandles)
        {
            faults.Add("limit", $"{limit}", $"a whole number from 1 to {MostCandles}");
        }

        if (string.IsNullOrWhiteSpace(body.Symbol))
        {
            faults.Add("symbol", body.Symbol, "a symbol such as BTCUSDT");
        }

        IReadOnlyList<NamedIndicator> set = SetOf(body.Indicators, faults);
        if (!faults.IsEmpty)
        {
            return faults.Problem;
        }

        return Klines.Find(sources, (body.Symbol!, body.Venue), spec, limit) is { } klines
            ? TypedResults.Ok(Compute(klines, set))
            : TypedResults.Problem($"symbol: {Shown.Of(body.Symbol)}: neither the run nor its store has it", statusCode: StatusCodes.Status404NotFound);
    }

    private static IReadOnlyList<NamedIndicator> SetOf(IReadOnlyList<string>? asked, Faults faults)
    {
        if (asked is not { Count: > 0 and <= MostIndicators } || asked.Any(static one => one is null || one.Contains(',', StringComparison.Ordinal)))
        {
            faults.Add("indicators", asked is null ? null : $"{asked.Count} of them", $"a list of 1 to {MostIndicators}, such as rsi:14");
            return [];
        }

        try
        {
            return IndicatorCatalog.ParseSet(string.Join(',', asked));
        }
        catch (IndicatorParameterException wrong)
        {
            faults.Add("indicators", $"{wrong.Field}: {Shown.Of(wrong.Value)}", wrong.Allowed);
            return [];
        }
    }

    private static IndicatorAnswer Compute(KlinesAnswer klines, IReadOnlyList<NamedIndicator> set)
    {
        List<IndicatorRow> rows = [];
        foreach (KlineAnswer candle in klines.Data)
        {
            Ohlcv values = new(
                (double)candle.Open, (double)candle.High, (double)candle.Low, (double)candle.Close, (double)candle.Volume, new Timestamp(candle.Timestamp * 1_000_000));
            Dictionary<string, double?> outputs = new(StringComparer.Ordinal);
            foreach (NamedIndicator indicator in set)
            {
                indicator.Kernel.Update(values);
                for (int i = 0; i < indicator.Columns.Count; i++)
                {
                    double value = indicator.Kernel.Output(i);
                    outputs[indicator.Columns[i]] = double.IsFinite(value) ? value : null;
                }
            }

            rows.Add(new IndicatorRow(candle.Timestamp, outputs));
        }

        return new IndicatorAnswer(klines.Symbol, klines.Interval, rows is [.., var last] ? last.Values : new Dictionary<string, double?>(), rows, rows.Count);
    }
}
