using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Harrier.Cli.MarketData;
using Harrier.Cli.Options;
using Harrier.Cli.Verbs;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Cli.Portfolios;

/// <summary><c>portfolio frontier</c>: the least risk for each expected return.</summary>
internal sealed class PortfolioFrontierVerb
{
    private readonly EstimateOptions _estimate = new();
    private readonly AllocationOptions _allocation = new();
    private readonly Option<string?> _points = new("--points") { Description = "points of the frontier, 2 to 1000 [20]" };
    private readonly Option<bool> _json = new("--json") { Description = "print JSON" };

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        PortfolioFrontierVerb verb = new();
        Command command = new("frontier", "Show the efficient frontier: the least risk for each expected return.") { verb._points, verb._json };
        verb._estimate.AddTo(command);
        verb._allocation.AddTo(command, withRebalancing: false);
        command.Does(verbose, verb.Run);
        return command;
    }

    private int Run(ParseResult parsed, InvocationConfiguration streams, CancellationToken stop)
    {
        FaultList faults = new();
        var request = _estimate.Read(parsed, faults);
        AllocationSettings settings = _allocation.Read(parsed, faults);
        int points = faults.Try(() => parsed.GetValue(_points) is { } text ? AmountText.Whole("--points", text, 2, 1000) : 20);
        faults.ThrowIfAny();
        EstimateBasis basis = EstimateOptions.Load(request, stop);
        AllocationPlan estimates = AllocationPlan.Of(basis.Returns, settings with { Method = AllocationMethod.Equal });
        WeightLimits limits = WeightLimits.Uniform(basis.Returns.Assets, Math.Max(settings.MostWeight, 1d / basis.Returns.Assets));
        EfficientFrontier frontier = EfficientFrontier.Of(estimates.Covariance, estimates.Means, points, limits);
        if (parsed.GetValue(_json))
        {
            streams.Output.Write(ToJson(basis, estimates, frontier));
            return 0;
        }

        List<string[]> rows = [.. frontier.Points.Select((point, i) => Row((i + 1).ToString(CultureInfo.InvariantCulture), point, basis.PeriodsPerYear))];
        if (frontier.Tangency is { } tangency)
        {
            rows.Add(Row("tangency", tangency, basis.PeriodsPerYear));
        }

        TextTable.Write(streams.Output, ["point", "mean a year", "volatility a year", "Sharpe", .. basis.Returns.Names], rows);
        streams.Output.WriteLine($"in {basis.Numeraire}, from {basis.Returns.Periods} returns up to {basis.Prices.Times[^1]}; estimates, not promises");
        return 0;
    }

    private static string[] Row(string name, FrontierPoint point, double periods) =>
    [
        name, AllocationReport.Percent(point.Mean * periods), AllocationReport.Percent(point.Volatility * Math.Sqrt(periods)),
        (point.Sharpe * Math.Sqrt(periods)).ToString("0.00", CultureInfo.InvariantCulture), .. point.Weights.Select(AllocationReport.Percent),
    ];

    private static string ToJson(EstimateBasis basis, AllocationPlan estimates, EfficientFrontier frontier) => JsonText.Object(json =>
    {
        json.WriteString("numeraire", basis.Numeraire.Code);
        json.WriteString("from", basis.Prices.Times[0].ToString());
        json.WriteString("to", basis.Prices.Times[^1].ToString());
        json.WriteNumber("returns", basis.Returns.Periods);
        json.WriteNumber("periods_per_year", basis.PeriodsPerYear);
        json.WriteNumber("shrinkage", estimates.Shrinkage);
        JsonText.Array(json, "assets", Enumerable.Range(0, basis.Returns.Assets), i =>
        {
            json.WriteString("asset", estimates.Names[i]);
            json.WriteNumber("mean", estimates.Means[i]);
            json.WriteNumber("volatility", Math.Sqrt(estimates.Covariance[i, i]));
        });
        JsonText.Array(json, "points", frontier.Points, point => Write(json, point, estimates.Names));
        json.WritePropertyName("tangency");
        if (frontier.Tangency is { } tangency)
        {
            json.WriteStartObject();
            Write(json, tangency, estimates.Names);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }
    });

    private static void Write(Utf8JsonWriter json, FrontierPoint point, IReadOnlyList<string> names)
    {
        json.WriteNumber("mean", point.Mean);
        json.WriteNumber("volatility", point.Volatility);
        json.WriteNumber("sharpe", point.Sharpe);
        json.WriteStartObject("weights");
        for (int i = 0; i < names.Count; i++)
        {
            json.WriteNumber(names[i], point.Weights[i]);
        }

        json.WriteEndObject();
    }
}
