namespace Harrier.Hosting.Configuration;

/// <summary>The feature flags of guide 002: what bots may make use of. All but models are on unless a configuration turns them off.</summary>
public sealed record FeatureFlags
{
    private static readonly string[] Words = ["false", "true"];

    /// <summary>Wyckoff structures: off, bots of WYCKOFF are refused, and SUPPLY_DEMAND does not count them as a confirmation.</summary>
    public bool Wyckoff { get; init; } = true;

    /// <summary>The flow of orders: off, bots of ORDER_FLOW are refused, and SUPPLY_DEMAND does not count it as a confirmation.</summary>
    public bool OrderFlow { get; init; } = true;

    /// <summary>Models that may veto an entry. None exist yet: to turn them on is refused, so that nobody believes to be guarded by what is not there.</summary>
    public bool MlEnsemble { get; init; }

    /// <summary>Reading accounts at venues from time to time. Accounts that send orders cannot be without.</summary>
    public bool PositionReconciliation { get; init; } = true;

    internal static FeatureFlags Read(Section section)
    {
        FeatureFlags read = new()
        {
            Wyckoff = section.Choice("wyckoff", 1, Words) == 1,
            OrderFlow = section.Choice("order_flow", 1, Words) == 1,
            MlEnsemble = HasModels(section),
            PositionReconciliation = section.Choice("position_reconciliation", 1, Words) == 1,
        };
        section.RefuseOthers();
        return read;
    }

    private static bool HasModels(Section section)
    {
        bool isOn = section.Choice("ml_ensemble", 0, Words) == 1;
        if (isOn)
        {
            section.Fault("ml_ensemble", "true", "false: there are no models yet, and nothing would veto an entry");
        }

        return false;
    }

    /// <summary>What of a bot's parameters is off because a flag is, where its configuration does not say otherwise.</summary>
    internal IEnumerable<KeyValuePair<string, string>> DefaultsOf(string strategy)
    {
        if (strategy != "SUPPLY_DEMAND")
        {
            yield break;
        }

        if (!Wyckoff)
        {
            yield return new("use_wyckoff", "false");
        }

        if (!OrderFlow)
        {
            yield return new("use_order_flow", "false");
        }
    }

    /// <summary>The flag that a strategy cannot be without and that is off; null where there is none.</summary>
    internal string? Missing(string strategy) =>
        strategy == "WYCKOFF" && !Wyckoff ? "features.wyckoff"
        : strategy == "ORDER_FLOW" && !OrderFlow ? "features.order_flow"
        : null;
}
