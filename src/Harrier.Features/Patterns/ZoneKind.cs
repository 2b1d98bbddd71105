namespace Harrier.Features.Patterns;

/// <summary>What a zone is.</summary>
public enum ZoneKind
{
    /// <summary>Buyers left it upwards: it lies under the price.</summary>
    Demand,

    /// <summary>Sellers left it downwards: it lies above the price.</summary>
    Supply,
}

/// <summary>How the price came into the base and left it.</summary>
public enum ZonePattern
{
    /// <summary>RBR: rally, base, rally; demand.</summary>
    RallyBaseRally,

    /// <summary>DBR: drop, base, rally; demand.</summary>
    DropBaseRally,

    /// <summary>DBD: drop, base, drop; supply.</summary>
    DropBaseDrop,

    /// <summary>RBD: rally, base, drop; supply.</summary>
    RallyBaseDrop,
}
