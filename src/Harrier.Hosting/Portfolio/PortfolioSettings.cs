using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Features.Portfolio;

namespace Harrier.Hosting.Portfolio;

/// <summary>
/// What a portfolio bot does and how boldly, by the names of guide 003. Ranges are kept here, whatever the way in: every change is text that goes through <see cref="With"/>.
/// </summary>
public sealed record PortfolioSettings
{
    /// <summary>False for a bot that only watches.</summary>
    public bool IsActive { get; init; }

    /// <summary>The highest risk score at which it trades, 0 (only where nothing moves) to 1.</summary>
    public double RiskTolerance { get; init; } = 0.5;

    /// <summary>The least confidence at which it trades, 0 to 1.</summary>
    public double MinConfidenceScore { get; init; } = 0.7;

    /// <summary>How much it gives in one trade, in units of what is given, above 0; null where <see cref="TradeSizePercentage"/> says it.</summary>
    public decimal? TradeSizeAmount { get; init; }

    /// <summary>The share of a holding that it gives in one trade, 0.01 to 1.</summary>
    public decimal TradeSizePercentage { get; init; } = 0.1m;

    /// <summary>Seconds between two looks, 1 to 300.</summary>
    public int CheckIntervalSeconds { get; init; } = 5;

    /// <summary>Seconds for which a price is good, 1 to 60.</summary>
    public int CacheTtlSeconds { get; init; } = 3;

    /// <summary>How many prices of a pair its figures are made of, 3 to 1000; with fewer it does not trade.</summary>
    public int VolatilityWindow { get; init; } = 10;

    /// <summary>The smallest trade, in the currency of reckoning.</summary>
    public decimal MinNotional { get; init; } = 1m;

    /// <summary>An expected return after costs must be above this fraction, 0 to 1.</summary>
    public double MinExpectedReturn { get; init; } = 0.001;

    /// <summary>What the expected return is taken from.</summary>
    public ReturnModel Model { get; init; } = ReturnModel.Momentum;

    /// <summary>What is never given, by asset.</summary>
    public PortfolioReserves Reserves { get; init; } = PortfolioReserves.None;

    /// <summary>How much worse than expected a quote may be and is still taken, as a fraction, 0 to 0.1.</summary>
    public decimal MaxSlippage { get; init; } = 0.002m;

    /// <summary>True for a bot that decides and sends nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>All that can be set, in the order in which it is shown.</summary>
    public static IReadOnlyList<PortfolioField> Fields => PortfolioField.All;

    /// <summary>What the decisions depend on, with what the account adds.</summary>
    /// <param name="terms">The account.</param>
    public PortfolioBotSettings ToDecisions(PortfolioTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new PortfolioBotSettings
        {
            RiskTolerance = RiskTolerance,
            MinConfidence = MinConfidenceScore,
            MinExpectedReturn = MinExpectedReturn,
            TradeSizeAmount = TradeSizeAmount,
            TradeSizePercentage = TradeSizePercentage,
            VolatilityWindow = VolatilityWindow,
            Model = Model,
            MinNotional = MinNotional,
            Reserves = Reserves.Amounts,
            Fee = terms.Fee,
            Numeraire = terms.Numeraire,
            Decimals = terms.Decimals,
        }.Check();
    }

    /// <summary>These settings with one changed.</summary>
    /// <param name="name">One of <see cref="Fields"/>, or the shorter name that guide 003 has for it on its WebSocket.</param>
    /// <param name="text">The value.</param>
    /// <returns>The settings; or null and what is wrong: <c>FIELD: VALUE: what is allowed</c>.</returns>
    public (PortfolioSettings? Settings, string? Fault) With(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        if (PortfolioField.Find(name) is not { } field)
        {
            return (null, $"{Cut(name)}: one of {string.Join(", ", Fields.Select(static one => one.Name))}");
        }

        return field.Change(this, text) is { } changed ? (changed, null) : (null, $"{name}: {Cut(text)}: {field.Allowed}");
    }

    /// <summary>These settings with several changed: all or none.</summary>
    /// <param name="changes">Names and values.</param>
    /// <param name="faults">Takes everything that is wrong.</param>
    /// <returns>The settings; null when something is wrong.</returns>
    public PortfolioSettings? WithAll(IEnumerable<KeyValuePair<string, string>> changes, ICollection<string> faults)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(faults);
        PortfolioSettings changed = this;
        bool isWell = true;
        foreach ((string name, string text) in changes)
        {
            (PortfolioSettings? next, string? fault) = changed.With(name, text);
            isWell &= next is not null;
            changed = next ?? changed;
            if (fault is not null)
            {
                faults.Add(fault);
            }
        }

        return isWell ? changed : null;
    }

    /// <summary>The changes that an object of JSON asks for.</summary>
    /// <param name="changes">Names with numbers, true, false or null.</param>
    /// <param name="faults">Takes what is no such value.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> ChangesOf(JsonElement changes, ICollection<string> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        List<KeyValuePair<string, string>> pairs = [];
        foreach (JsonProperty change in changes.EnumerateObject())
        {
            PortfolioField? field = PortfolioField.Find(change.Name);
            bool fits = field is null || (field.IsText ? change.Value.ValueKind == JsonValueKind.String : change.Value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null);
            if (fits)
            {
                pairs.Add(KeyValuePair.Create(change.Name, field is { IsText: true } ? change.Value.GetString() ?? "" : change.Value.GetRawText()));
            }
            else
            {
                faults.Add($"{change.Name}: {Cut(change.Value.GetRawText())}: {field!.Allowed}");
            }
        }

        return pairs;
    }

    /// <summary>The settings as JSON, as they are stored.</summary>
    public string ToText()
    {
        JsonObject root = [];
        foreach (PortfolioField field in Fields)
        {
            root[field.Name] = field.Read(this);
        }

        return root.ToJsonString();
    }

    /// <summary>Reads what <see cref="ToText"/> wrote; what an earlier version did not know is as it is by default.</summary>
    /// <exception cref="FormatException">It is not that.</exception>
    public static PortfolioSettings Parse(string text)
    {
        List<string> faults = [];
        try
        {
            JsonObject root = JsonNode.Parse(text) as JsonObject ?? throw new FormatException("settings of a portfolio bot: a JSON object");
            return new PortfolioSettings().WithAll(root.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value ?? "")), faults)
                ?? throw new FormatException("settings of a portfolio bot: " + string.Join("; ", faults));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new FormatException("settings of a portfolio bot: a JSON object of texts", fault);
        }
    }

    private static string Cut(string text) => text.Length <= 40 ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..40]}...");
}
