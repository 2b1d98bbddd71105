using System.Globalization;
using System.Text.Json;

namespace Harrier.Api.Live;

/// <summary>What guide 003 lets a client set. No bot of a run reads these yet; they are kept for the portfolio bot.</summary>
internal sealed record PortfolioSettings
{
    /// <summary>0 trades only where nothing moves, 1 always.</summary>
    public double RiskTolerance { get; init; } = 0.5;

    /// <summary>The least confidence to trade at, 0 to 1.</summary>
    public double MinConfidence { get; init; } = 0.7;

    /// <summary>Seconds between two looks, 1 to 300.</summary>
    public int CheckInterval { get; init; } = 5;

    /// <summary>Seconds for which a price is good, 1 to 60.</summary>
    public int CacheTtl { get; init; } = 3;

    /// <summary>These settings with some changed.</summary>
    /// <param name="changes">An object of what changes; <c>is_active</c> is not looked at.</param>
    /// <returns>The settings, or all that is wrong with the changes.</returns>
    public (PortfolioSettings? Settings, string? Fault) With(JsonElement changes)
    {
        List<string> faults = [];
        PortfolioSettings changed = this;
        foreach (JsonProperty change in changes.EnumerateObject())
        {
            changed = change.Name switch
            {
                "risk_tolerance" => changed with { RiskTolerance = Number(change, 1, faults) },
                "min_confidence" => changed with { MinConfidence = Number(change, 1, faults) },
                "check_interval" => changed with { CheckInterval = Whole(change, 300, faults) },
                "cache_ttl" => changed with { CacheTtl = Whole(change, 60, faults) },
                "is_active" => Flag(change, changed, faults),
                _ => Refused(change, changed, faults),
            };
        }

        return faults.Count == 0 ? (changed, null) : (null, string.Join("; ", faults));
    }

    private static double Number(JsonProperty change, double most, List<string> faults)
    {
        if (change.Value.ValueKind == JsonValueKind.Number && change.Value.TryGetDouble(out double value) && value >= 0 && value <= most)
        {
            return value;
        }

        faults.Add(FormattableString.Invariant($"{change.Name}: {Shown(change.Value)}: a number from 0 to {most}"));
        return 0;
    }

    private static int Whole(JsonProperty change, int most, List<string> faults)
    {
        if (change.Value.ValueKind == JsonValueKind.Number && change.Value.TryGetInt32(out int value) && value >= 1 && value <= most)
        {
            return value;
        }

        faults.Add(FormattableString.Invariant($"{change.Name}: {Shown(change.Value)}: a whole number from 1 to {most}"));
        return 0;
    }

    private static PortfolioSettings Flag(JsonProperty change, PortfolioSettings settings, List<string> faults)
    {
        if (change.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            faults.Add($"is_active: {Shown(change.Value)}: true or false");
        }

        return settings;
    }

    private static PortfolioSettings Refused(JsonProperty change, PortfolioSettings settings, List<string> faults)
    {
        faults.Add($"{Cut(change.Name)}: one of is_active, risk_tolerance, min_confidence, check_interval, cache_ttl");
        return settings;
    }

    private static string Shown(JsonElement value) => Cut(value.GetRawText());

    private static string Cut(string text) => text.Length <= 40 ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..40]}...");
}

/// <summary>The settings of a home, in a file of it.</summary>
/// <param name="home">The folder of all state.</param>
internal sealed class PortfolioSettingsStore(string home)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly string _path = Path.Combine(home, "portfolio.json");
    private readonly Lock _gate = new();

    /// <summary>The settings; those of the guide where nothing was set.</summary>
    /// <exception cref="JsonException">The file is not what this program writes.</exception>
    public PortfolioSettings Read()
    {
        lock (_gate)
        {
            return File.Exists(_path) ? JsonSerializer.Deserialize<PortfolioSettings>(File.ReadAllText(_path), Json) ?? new PortfolioSettings() : new PortfolioSettings();
        }
    }

    /// <summary>Changes them, all that is asked for or nothing.</summary>
    /// <returns>What they are now, or what is wrong.</returns>
    /// <exception cref="IOException">The file could not be written.</exception>
    public (PortfolioSettings? Settings, string? Fault) Change(JsonElement changes)
    {
        lock (_gate)
        {
            (PortfolioSettings? settings, string? fault) = Read().With(changes);
            if (settings is not null)
            {
                Directory.CreateDirectory(home);
                File.WriteAllText(_path + ".new", JsonSerializer.Serialize(settings, Json));
                File.Move(_path + ".new", _path, overwrite: true);
            }

            return (settings, fault);
        }
    }
}
