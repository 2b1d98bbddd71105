using System.Globalization;
using System.Text.Json;
using Harrier.Cli.MarketData;
using Harrier.Domain;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Cli.Portfolios;

/// <summary>Target weights as text and as JSON, with the moves and hedges of what is held.</summary>
/// <param name="Basis">What they rest on.</param>
/// <param name="Plan">The weights.</param>
/// <param name="Values">Worth of what is held of each asset, the numeraire last; empty where no holdings were given.</param>
/// <param name="Moves">What each should gain or lose, in the numeraire; empty where no holdings were given.</param>
/// <param name="Hedges">What would take risk off what is held.</param>
internal sealed record AllocationReport(EstimateBasis Basis, AllocationPlan Plan, IReadOnlyList<decimal> Values, IReadOnlyList<decimal> Moves, IReadOnlyList<CorrelationHedge> Hedges)
{
    /// <summary>What sales would realize, where lots are known.</summary>
    public IReadOnlyList<LotSales> Sales { get; private init; } = [];

    private double[] RiskShares => Plan.Weights.Any(weight => weight > 0) ? Covariance.RiskShares(Plan.Covariance, Plan.Weights) : new double[Plan.Weights.Count];

    private double CashWeight => Math.Max(1 - Plan.Weights.Sum(), 0);

    /// <summary>Works out moves and hedges.</summary>
    /// <exception cref="InputException">Something is held that no symbol prices.</exception>
    public static AllocationReport Of(EstimateBasis basis, AllocationPlan plan, IReadOnlyList<Money> holdings, RebalanceRule rule)
    {
        Asset[] assets = [.. basis.Prices.Assets, basis.Numeraire];
        if (holdings.FirstOrDefault(holding => !assets.Contains(holding.Asset)) is { Asset.Code.Length: > 0 } unknown)
        {
            throw new InputException("holding", unknown.Asset.Code, "one of " + string.Join(", ", assets));
        }

        if (holdings.Count == 0)
        {
            return new AllocationReport(basis, plan, [], [], []);
        }

        decimal[] values = [.. assets.Select((asset, i) => holdings.Where(holding => holding.Asset == asset).Sum(holding => holding.Amount) * (i < plan.Weights.Count ? (decimal)basis.Prices.Prices[i][^1] : 1))];
        decimal[] moves = rule.Moves(values, [.. plan.Weights, Math.Max(1 - plan.Weights.Sum(), 0)]);
        return new AllocationReport(basis, plan, values, moves, CorrelationHedge.Suggest(plan.Covariance, [.. values.SkipLast(1).Select(value => (double)value)]));
    }

    /// <summary>The same with what sales would realize, and with no more of it than a limit allows.</summary>
    public AllocationReport With(IReadOnlyDictionary<Asset, TaxLots> lots, GainLimit? limit)
    {
        decimal[] prices = [.. Basis.Prices.Prices.Select(static closes => (decimal)closes[^1])];
        IReadOnlyList<decimal> moves = limit is null || Moves.Count == 0 ? Moves : limit.Apply(Moves, prices, [.. Basis.Prices.Assets.Select(asset => lots.GetValueOrDefault(asset))]);
        return this with
        {
            Moves = moves,
            Sales = [.. Basis.Prices.Assets.Take(Math.Min(moves.Count, Plan.Names.Count)).Select((asset, i) => LotSales.Of(asset.Code, moves[i], prices[i], lots.GetValueOrDefault(asset))).OfType<LotSales>()],
        };
    }

    /// <summary>Prints tables.</summary>
    public void Print(TextWriter output)
    {
        bool isHeld = Moves.Count > 0;
        double[] shares = RiskShares;
        string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
        List<string[]> rows = [.. Plan.Names.Select((name, i) => (string[])[
            name, Percent(Plan.Weights[i]), Percent(shares[i]), Percent(Plan.Means[i] * Basis.PeriodsPerYear), Percent(Math.Sqrt(Plan.Covariance[i, i] * Basis.PeriodsPerYear)),
            isHeld ? Money(Values[i]) : "", isHeld ? Money(Moves[i]) : ""])];
        rows.Add([Basis.Numeraire.Code, Percent(CashWeight), "", "", "", isHeld ? Money(Values[^1]) : "", isHeld ? Money(Moves[^1]) : ""]);
        int columns = isHeld ? 7 : 5;
        string[] names = ["asset", "weight", "risk share", "mean a year", "volatility a year", "held", "move"];
        TextTable.Write(output, names[..columns], [.. rows.Select(row => row[..columns])]);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"expected {Percent(Plan.Mean * Basis.PeriodsPerYear)} a year, volatility {Percent(Plan.Volatility * Math.Sqrt(Basis.PeriodsPerYear))}, from {Basis.Returns.Periods} returns up to {Basis.Prices.Times[^1]}, shrinkage {Plan.Shrinkage:0.000}"));
        foreach (LotSales sale in Sales)
        {
            output.WriteLine(sale.ToText(Basis.Numeraire));
        }

        foreach (CorrelationHedge hedge in Hedges)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"hedge: {hedge.Notional:0.00} {Basis.Numeraire} of {Plan.Names[hedge.Hedge]} takes {Percent(hedge.VarianceRemoved)} of the variance off {Plan.Names[hedge.Asset]} (correlation {hedge.Correlation:0.00})"));
        }
    }

    /// <summary>The whole as JSON.</summary>
    public string ToJson(AllocationSettings settings) => JsonText.Object(json =>
    {
        json.WriteString("method", AllocationOptions.Methods.First(method => method.Value == settings.Method).Key);
        json.WriteString("covariance", settings.IsShrunk ? "ledoit-wolf" : "sample");
        json.WriteNumber("shrinkage", Plan.Shrinkage);
        json.WriteString("numeraire", Basis.Numeraire.Code);
        json.WriteString("from", Basis.Prices.Times[0].ToString());
        json.WriteString("to", Basis.Prices.Times[^1].ToString());
        json.WriteNumber("returns", Basis.Returns.Periods);
        json.WriteNumber("periods_per_year", Basis.PeriodsPerYear);
        json.WriteNumber("mean", Plan.Mean);
        json.WriteNumber("volatility", Plan.Volatility);
        json.WriteNumber("numeraire_weight", CashWeight);
        double[] shares = RiskShares;
        JsonText.Array(json, "assets", Enumerable.Range(0, Plan.Names.Count), i =>
        {
            json.WriteString("asset", Plan.Names[i]);
            json.WriteNumber("weight", Plan.Weights[i]);
            json.WriteNumber("risk_share", shares[i]);
            json.WriteNumber("mean", Plan.Means[i]);
            json.WriteNumber("volatility", Math.Sqrt(Plan.Covariance[i, i]));
        });
        JsonText.Array(json, "moves", Enumerable.Range(0, Moves.Count), i =>
        {
            json.WriteString("asset", i < Plan.Names.Count ? Plan.Names[i] : Basis.Numeraire.Code);
            json.WriteString("value", JsonText.Text(Values[i]));
            json.WriteString("move", JsonText.Text(Moves[i]));
        });
        JsonText.Array(json, "sales", Sales, sale =>
        {
            json.WriteString("asset", sale.Asset);
            json.WriteString("quantity", JsonText.Text(sale.Quantity));
            json.WriteString("price", JsonText.Text(sale.Price));
            json.WriteString("fifo", JsonText.Text(sale.Gains[0]));
            json.WriteString("lifo", JsonText.Text(sale.Gains[1]));
            json.WriteString("hifo", JsonText.Text(sale.Gains[2]));
        });
        JsonText.Array(json, "hedges", Hedges, hedge => WriteHedge(json, hedge));
    });

    private void WriteHedge(Utf8JsonWriter json, CorrelationHedge hedge)
    {
        json.WriteString("asset", Plan.Names[hedge.Asset]);
        json.WriteString("hedge", Plan.Names[hedge.Hedge]);
        json.WriteNumber("correlation", hedge.Correlation);
        json.WriteNumber("beta", hedge.Beta);
        json.WriteNumber("notional", hedge.Notional);
        json.WriteNumber("variance_removed", hedge.VarianceRemoved);
    }

    internal static string Percent(double share) => (share * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
