using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Accounts.Venues;

namespace Harrier.Api.Status;

/// <summary>A limit of an account as the API shows it. Fractions are fractions, money is in quote currency.</summary>
/// <param name="Rule">Its name, as in a configuration.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Limit">What is allowed.</param>
/// <param name="State"><c>well</c>, <c>near</c> from 80 % on, or <c>reached</c>.</param>
/// <param name="Until">When it ends by itself; null where it does not, or is not reached.</param>
public sealed record LimitAnswer(string Rule, decimal Value, decimal Limit, string State, Timestamp? Until);

/// <summary>The risk of an account as the API shows it.</summary>
/// <param name="State"><c>ACTIVE</c>, <c>REDUCING</c> or <c>HALTED</c>.</param>
/// <param name="Exposure">Value of all positions, in quote currency.</param>
/// <param name="Limits">The limits that are measured.</param>
/// <param name="Refusals">Orders that gates refused so far, by rule.</param>
public sealed record RiskAnswer(string State, decimal Exposure, IReadOnlyList<LimitAnswer> Limits, IReadOnlyDictionary<string, int> Refusals)
{
    /// <summary>The answer of an account's risk.</summary>
    internal static RiskAnswer Of(RiskStatus risk) => new(
        RiskWords.Of(risk.State),
        risk.Exposure,
        [.. risk.Limits.Select(static one => new LimitAnswer(RiskWords.Of(one.Rule), one.Value, one.Limit, RiskWords.Of(one.State), one.EndsAt))],
        risk.Refusals.ToDictionary(static pair => RiskWords.Of(pair.Key), static pair => pair.Value, StringComparer.Ordinal));
}

/// <summary>The risk of one of several accounts.</summary>
/// <param name="Account">Which.</param>
/// <param name="Risk">Its risk.</param>
public sealed record AccountRiskAnswer(string Account, RiskAnswer Risk);

/// <summary>An account at its venue as the API shows it.</summary>
/// <param name="Place">Where the venue is reached.</param>
/// <param name="Sound">True while what is known of the account is what the venue has; nothing is opened otherwise.</param>
/// <param name="LastRead">When it was compared with the venue last; null before the first time.</param>
/// <param name="Trouble">What differs, or stands in the way; null for nothing.</param>
public sealed record VenueAnswer(string Place, bool Sound, Timestamp? LastRead, string? Trouble)
{
    /// <summary>The answer of the account's status at its venue; null for an account that the venue does not know.</summary>
    internal static VenueAnswer? Of(VenueStatus? venue) => venue is null ? null : new(venue.Place, venue.IsSound, venue.LastRead, venue.Trouble);
}
