using Harrier.Cli.Microstructure;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Patterns;

namespace Harrier.Cli.BarFeatures;

/// <summary>A line with the leading structure, and what became known, at each bar.</summary>
internal sealed class WyckoffMember : FeatureMember
{
    private WyckoffDetector _wyckoff = null!;

    /// <inheritdoc/>
    public override void Start(FeatureSet features, Instrument instrument) => _wyckoff = features.Wyckoff(instrument.Id);

    /// <inheritdoc/>
    public override void OnBar(in Bar bar, in Ohlcv values, FeatureLines lines)
    {
        WyckoffCycle? cycle = _wyckoff.Leading;
        WyckoffSignal? signal = _wyckoff.Signals.New.Length > 0 ? _wyckoff.Signals.New[^1] : null;
        lines.Write(
            bar.OpenTime,
            "wyckoff",
            ("known_at", bar.CloseTime.ToString()),
            ("schematic", cycle is null ? null : cycle == _wyckoff.Accumulation ? "accumulation" : "distribution"),
            ("phase", cycle?.Phase.ToString()),
            ("accumulation_phase", PhaseOf(_wyckoff.Accumulation)),
            ("distribution_phase", PhaseOf(_wyckoff.Distribution)),
            ("events", Events()),
            ("support", Number(cycle?.Support)),
            ("resistance", Number(cycle?.Resistance)),
            ("target", Number(cycle?.Target)),
            ("institutional", cycle?.Institutional),
            ("strength", cycle?.Strength),
            ("confidence", cycle?.Confidence),
            ("signal", signal is { } side ? side.IsBuy ? "BUY" : "SELL" : null),
            ("entry", signal?.Entry),
            ("stop", signal?.Stop),
            ("signal_target", signal?.Target));
    }

    private static string? PhaseOf(WyckoffCycle cycle) => cycle.Phase == WyckoffPhase.None ? null : cycle.Phase.ToString();

    private static double? Number(double? value) => value is { } number ? JsonNumber.OrNull(number) : null;

    // Codes with commas between; one of an earlier bar says how many bars ago it happened: AR-2.
    private string? Events()
    {
        List<string> events = [];
        foreach (WyckoffEvent one in _wyckoff.Events.New)
        {
            int ago = one.KnownIndex - one.Index;
            events.Add(ago == 0 ? one.Code : FormattableString.Invariant($"{one.Code}-{ago}"));
        }

        return events.Count > 0 ? string.Join(',', events) : null;
    }
}
