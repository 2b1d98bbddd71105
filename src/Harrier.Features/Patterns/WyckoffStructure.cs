using Harrier.Domain;

namespace Harrier.Features.Patterns;

/// <summary>All that is known of the structure being built. Indices are -1 until there is one.</summary>
internal struct WyckoffStructure
{
    // Doubles before whole numbers, and those in pairs: the state is saved byte by byte and has no gaps.
    public double Support = double.NaN;
    public double Resistance = double.PositiveInfinity;
    public double ClimaxVolume;
    public double ClimaxRange;
    public double ClimaxAtr;
    public double PeakHigh = double.NegativeInfinity;
    public double DipLow;
    public double DipVolume;
    public double RecoveryVolume;
    public double DipMeanVolume;
    public double VolumeSum;
    public double SpringLow = double.NaN;
    public double SpringVolume;
    public double StrengthHigh;
    public double StrengthVolume;
    public double StrengthRange;
    public double SupportLow = double.NaN;
    public Timestamp PeakTime;
    public InstitutionalScore Institutional;
    public int ClimaxIndex = -1;
    public int PeakIndex = -1;
    public int RallyIndex = -1;
    public int DipIndex = -1;
    public int DipLowIndex = -1;
    public int SpringIndex = -1;
    public int SpringKnownIndex = -1;
    public int TestIndex = -1;
    public int StrengthIndex = -1;
    public int SupportIndex = -1;
    public int ExitIndex = -1;
    public int OutsideCloses;
    public int SignalIndex = -1;
    public WyckoffPhase Phase;

    public WyckoffStructure()
    {
    }

    public readonly double Height => Resistance - Support;

    public readonly double Middle => (Resistance + Support) / 2;

    /// <summary>The height of the range beyond it.</summary>
    public readonly double Target => Resistance + Height;

    /// <summary>A close below it ends the structure: the spring's low, or the support without a spring.</summary>
    public readonly double Floor => SpringIndex >= 0 ? SpringLow : Support;

    public readonly WyckoffParts Parts =>
        (ClimaxIndex >= 0 ? WyckoffParts.Climax : 0)
        | (RallyIndex >= 0 ? WyckoffParts.Rally : 0)
        | (SpringIndex >= 0 ? WyckoffParts.Spring : 0)
        | (SpringIndex >= 0 && (TestIndex >= 0 || StrengthIndex >= 0) ? WyckoffParts.Confirmation : 0);
}
