using Harrier.Features.Indicators;

namespace Harrier.Features.OrderFlow;

/// <summary>How a profile of bars is made.</summary>
public sealed record VolumeProfileSettings
{
    /// <summary>Bars in the profile, the newest ones.</summary>
    /// <value>120.</value>
    public int Window { get; init; } = 120;

    /// <summary>Rows of equal height from the lowest low to the highest high.</summary>
    /// <value>50.</value>
    public int Rows { get; init; } = 50;

    /// <summary>How the value area grows.</summary>
    /// <value>Two rows.</value>
    public ValueAreaRule Rule { get; init; } = ValueAreaRule.TwoRow;

    /// <summary>Part of the volume in the value area.</summary>
    /// <value>0.7.</value>
    public double Share { get; init; } = ValueArea.DefaultShare;

    internal VolumeProfileSettings Checked()
    {
        IndicatorParameterException.RequirePeriod(Window);
        IndicatorParameterException.RequirePeriod(Rows);
        IndicatorParameterException.RequirePositive(Share);
        return Share <= 1 ? this : throw new IndicatorParameterException(nameof(Share), FormattableString.Invariant($"{Share}"), "above 0 and at most 1");
    }
}
