using System.Globalization;
using Harrier.Cli.MarketData;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Harrier.Hosting.Explaining;

namespace Harrier.Cli.Explaining;

/// <summary>Why a bot traded or did not, for people.</summary>
internal static class WhyText
{
    /// <summary>Writes a bot at a moment.</summary>
    public static void Write(TextWriter output, BotMoment moment)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{moment.Account}/{moment.Bot} at {RunText.Of(moment.Time)}: {moment.Condition.ToString().ToLowerInvariant()}, account {RiskWords.Of(moment.State)}, position {moment.Position:0.########}"));
        output.WriteLine(moment.Signal is { } said
            ? string.Create(CultureInfo.InvariantCulture, $"  said {said.Side.ToString().ToUpperInvariant()} at {RunText.Of(said.Time)}, confidence {said.Confidence:0.###}{Meta(said)}")
            : "  said nothing since the session began");
        if (moment.Refusal is { } refused)
        {
            output.WriteLine($"  last refused at {RunText.Of(refused.Time)}: {Side(refused.Side)}: {RiskWords.Of(refused.Reason)}");
        }

        foreach (PossibleEntry entry in moment.Entries)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Side(entry.Side)} of {entry.Quantity:0.########}: {Verdict(entry)}"));
        }

        // That nothing can be sold which is not held says little: what else refuses is shown first.
        PossibleEntry shown = moment.Entries.FirstOrDefault(static entry => entry.RefusedBy is { Reading.Rule: not DenyRule.ShortSale }) ?? moment.Entries[0];
        TextTable.Write(output, ["gate", "value", "limit", "answer", "smallest change"], [.. shown.Gates.Where(static gate => gate.Reading.Limit is not null).Select(static gate => (string[])
        [
            gate.Rule, Number(gate.Reading.Value), Number(gate.Reading.Limit!.Value), gate.Reading.Passes ? "passes" : "REFUSES", gate.Flip,
        ])]);
    }

    private static string Verdict(PossibleEntry entry) => entry.RefusedBy is { } gate
        ? $"refused by {gate.Rule}, {Number(gate.Reading.Value)} against {Number(gate.Reading.Limit ?? 0)}: {gate.Flip}"
        : $"every gate lets it pass{(entry.Nearest is { } nearest ? $"; nearest is {nearest.Rule}, {Number(nearest.Reading.Value)} against {Number(nearest.Reading.Limit ?? 0)}: {nearest.Flip}" : "")}";

    private static string Meta(SaidSignal said) => said.Meta.Count == 0 ? "" : $" ({string.Join(", ", said.Meta.Select(static pair => $"{pair.Key} {pair.Value}"))})";

    private static string Side(OrderSide side) => side == OrderSide.Buy ? "buy" : "sell";

    private static string Number(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
