using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// An incremental kernel fed bar by bar. The batch form of the same indicator loops over this kernel or is proved equal to it;
/// there is never a second formula. Its outputs are NaN until <see cref="IsReady"/>.
/// </summary>
public interface IIndicator : IStateful
{
    /// <summary>True once the outputs are defined.</summary>
    bool IsReady { get; }

    /// <summary>Number of updates after which <see cref="IsReady"/> becomes true: the 0-based index of the first output plus one.</summary>
    int WarmUp { get; }

    /// <summary>The main output; NaN while warming up.</summary>
    double Value { get; }

    /// <summary>Feeds one closed bar; an indicator of a single price takes the close.</summary>
    void Update(in Ohlcv bar);

    /// <summary>Back to the state before the first update.</summary>
    void Reset();
}
