using System.Globalization;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;

namespace Harrier.Hosting.Explaining;

/// <summary>What one gate said of an entry at a moment, and by how much it would have had to be otherwise.</summary>
/// <param name="Reading">Rule, value and limit.</param>
/// <param name="Standing">The measured limit behind it; null for a gate that only looks at the order.</param>
public sealed record GateAnswer(GateReading Reading, LimitReading? Standing)
{
    /// <summary>What the value had to change by to turn the answer over, in the unit of the rule: above 0 to rise, below 0 to fall. Null for a gate that is not set.</summary>
    public decimal? Change => Reading.Limit - Reading.Value;

    /// <summary>The change in words.</summary>
    public string Flip
    {
        get
        {
            if (Reading.Limit is null)
            {
                return "not set";
            }

            if (!Reading.Passes && Standing is { EndsAt: { } end })
            {
                return string.Create(CultureInfo.InvariantCulture, $"passes by itself at {end.ToDateTimeOffset():yyyy-MM-dd'T'HH:mm:ss'Z'}");
            }

            if (!Reading.Passes && Reading.Rule is DenyRule.KillSwitch or DenyRule.MaxDrawdown or DenyRule.Halted)
            {
                return "passes once the operator says so";
            }

            if (Reading.Rule == DenyRule.PictureLost)
            {
                return Reading.Passes ? "refuses while the account at the venue cannot be seen" : "passes once the account at the venue was read again";
            }

            if (Reading.Rule == DenyRule.StaleMarket)
            {
                return Reading.Passes ? "refuses after a fault of the feed" : "passes with the next good price";
            }

            decimal change = Change!.Value;
            string by = Math.Abs(change).ToString("0.########", CultureInfo.InvariantCulture);
            bool mustRise = Reading.Bound == GateBound.AtLeast ? !Reading.Passes : Reading.Passes;
            string more = Reading.Passes == (Reading.Bound != GateBound.Below) ? "more than " : "";
            return $"{(Reading.Passes ? "refuses" : "passes")} if the value {(mustRise ? "rises" : "falls")} by {more}{by}";
        }
    }

    /// <summary>How near the answer was to the other one: 0 at the limit, 1 as far away as the limit is large. Null for a gate that is not set.</summary>
    public decimal? Distance => Reading.Limit is { } limit ? (limit == 0 ? Math.Abs(Reading.Value) : Math.Abs((Reading.Value - limit) / limit)) : null;

    /// <summary>The rule's name.</summary>
    public string Rule => RiskWords.Of(Reading.Rule);
}
