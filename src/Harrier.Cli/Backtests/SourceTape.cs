using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Replays;

namespace Harrier.Cli.Backtests;

/// <summary>A tape of one symbol that can say where it comes from.</summary>
/// <param name="instrument">The symbol at its venue.</param>
internal abstract class SourceTape(Instrument instrument) : MarketTape([instrument]), IDisposable
{
    /// <summary>The symbol at its venue.</summary>
    public Instrument Instrument => Instruments[0];

    /// <summary>Where the events come from: <c>recording PATH</c>, <c>store PATH</c>.</summary>
    public abstract string Source { get; }

    /// <summary>What must be known of the data before a result on it is believed; to be asked for after all of it was read once.</summary>
    public abstract CheckResult Check(TapeSurvey survey);

    /// <summary>What a person should know of it, a line each; to be asked for after all of it was read once.</summary>
    public abstract IEnumerable<string> Notes(TapeSurvey survey);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}

/// <summary>The span of a tape that is wanted, by the times at which events reached the recorder; both ends are included.</summary>
/// <param name="From">The first instant; null for the beginning.</param>
/// <param name="To">The last instant; null for the end.</param>
internal sealed record TapeWindow(Timestamp? From, Timestamp? To);
