using System.Globalization;
using Harrier.Features.Portfolio;

namespace Harrier.Hosting.Portfolio;

/// <summary>One setting of a portfolio bot: its name, its range, and how it is read and written as text.</summary>
public sealed class PortfolioField
{
    private const NumberStyles Digits = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["min_confidence"] = "min_confidence_score",
        ["check_interval"] = "check_interval_seconds",
        ["cache_ttl"] = "cache_ttl_seconds",
    };

    private readonly Func<PortfolioSettings, string> _read;
    private readonly Func<PortfolioSettings, string, PortfolioSettings?> _change;

    private PortfolioField(string name, string allowed, Func<PortfolioSettings, string> read, Func<PortfolioSettings, string, PortfolioSettings?> change) =>
        (Name, Allowed, _read, _change) = (name, allowed, read, change);

    /// <summary>The name, as guide 003 has it.</summary>
    public string Name { get; }

    /// <summary>What is allowed, in words.</summary>
    public string Allowed { get; }

    /// <summary>True where the value is a text in JSON, not a number or a flag.</summary>
    public bool IsText { get; private init; }

    internal static IReadOnlyList<PortfolioField> All { get; } =
    [
        Flag("is_active", static s => s.IsActive, static (s, v) => s with { IsActive = v }),
        Share("risk_tolerance", static s => s.RiskTolerance, static (s, v) => s with { RiskTolerance = v }),
        Share("min_confidence_score", static s => s.MinConfidenceScore, static (s, v) => s with { MinConfidenceScore = v }),
        new("trade_size_amount", "a number above 0, or none", static s => s.TradeSizeAmount is { } amount ? Text(amount) : "none", static (s, t) =>
            t is "none" or "null" ? s with { TradeSizeAmount = null } : Number(t, 0, 1_000_000_000_000_000m) is > 0 and { } amount ? s with { TradeSizeAmount = amount } : null),
        Amount("trade_size_percentage", (0.01m, 1m), static s => s.TradeSizePercentage, static (s, v) => s with { TradeSizePercentage = v }),
        Whole("check_interval_seconds", (1, 300), static s => s.CheckIntervalSeconds, static (s, v) => s with { CheckIntervalSeconds = v }),
        Whole("cache_ttl_seconds", (1, 60), static s => s.CacheTtlSeconds, static (s, v) => s with { CacheTtlSeconds = v }),
        Whole("volatility_window", (3, 1000), static s => s.VolatilityWindow, static (s, v) => s with { VolatilityWindow = v }),
        Amount("min_notional", (0m, 1_000_000_000m), static s => s.MinNotional, static (s, v) => s with { MinNotional = v }),
        Amount("max_slippage", (0m, 0.1m), static s => s.MaxSlippage, static (s, v) => s with { MaxSlippage = v }),
        Share("min_expected_return", static s => s.MinExpectedReturn, static (s, v) => s with { MinExpectedReturn = v }),
        new("model", "momentum or mean-reversion", static s => s.Model == ReturnModel.Momentum ? "momentum" : "mean-reversion", static (s, t) => t switch
        {
            "momentum" => s with { Model = ReturnModel.Momentum },
            "mean-reversion" => s with { Model = ReturnModel.MeanReversion },
            _ => null,
        }) { IsText = true },
        new("reserves", "amounts by asset such as USD:100,BTC:0.5, or none", static s => s.Reserves.ToString(), static (s, t) =>
            PortfolioReserves.Parse(t) is { } reserves ? s with { Reserves = reserves } : null) { IsText = true },
        Flag("dry_run", static s => s.IsDryRun, static (s, v) => s with { IsDryRun = v }),
    ];

    /// <summary>The value as text.</summary>
    public string Read(PortfolioSettings settings) => _read(settings);

    internal static PortfolioField? Find(string name)
    {
        string full = ShortNames.GetValueOrDefault(name, name);
        return All.FirstOrDefault(field => field.Name == full);
    }

    internal PortfolioSettings? Change(PortfolioSettings settings, string text) => _change(settings, text);

    private static PortfolioField Flag(string name, Func<PortfolioSettings, bool> read, Func<PortfolioSettings, bool, PortfolioSettings> change) => new(
        name,
        "true or false",
        s => read(s) ? "true" : "false",
        (s, text) => text switch
        {
            "true" => change(s, true),
            "false" => change(s, false),
            _ => null,
        });

    private static PortfolioField Share(string name, Func<PortfolioSettings, double> read, Func<PortfolioSettings, double, PortfolioSettings> change) => new(
        name,
        "a number from 0 to 1",
        s => read(s).ToString("R", CultureInfo.InvariantCulture),
        (s, text) => double.TryParse(text, Digits, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1 ? change(s, value) : null);

    private static PortfolioField Amount(string name, (decimal Least, decimal Most) range, Func<PortfolioSettings, decimal> read, Func<PortfolioSettings, decimal, PortfolioSettings> change) => new(
        name,
        FormattableString.Invariant($"a number from {range.Least} to {range.Most}"),
        s => Text(read(s)),
        (s, text) => Number(text, range.Least, range.Most) is { } value ? change(s, value) : null);

    private static PortfolioField Whole(string name, (int Least, int Most) range, Func<PortfolioSettings, int> read, Func<PortfolioSettings, int, PortfolioSettings> change) => new(
        name,
        FormattableString.Invariant($"a whole number from {range.Least} to {range.Most}"),
        s => read(s).ToString(CultureInfo.InvariantCulture),
        (s, text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= range.Least && value <= range.Most ? change(s, value) : null);

    private static decimal? Number(string text, decimal least, decimal most) =>
        decimal.TryParse(text, Digits, CultureInfo.InvariantCulture, out decimal value) && value >= least && value <= most ? value : null;

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
