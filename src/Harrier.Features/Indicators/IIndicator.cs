using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// An incremental kernel fed bar by bar. The batch form of the same indicator loops over this kernel or is proved equal to it.
/// All outputs are NaN until <see cref="IsReady"/>: an indicator with several outputs shows none before the last of them is defined.
/// Inputs are finite; whoever reads data from outside refuses the rest before it gets here.
/// </summary>
public interface IIndicator : IStateful
{
    /// <summary>True once the outputs are defined.</summary>
    bool IsReady { get; }

    /// <summary>Number of updates after which <see cref="IsReady"/> becomes true: the 0-based index of the first output plus one.</summary>
    int WarmUp { get; }

    /// <summary>The main output; NaN while warming up.</summary>
    double Value { get; }

    /// <summary>How many outputs <see cref="Output"/> knows.</summary>
    int OutputCount => 1;

    /// <summary>The outputs by position, in the order of the catalog's columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such output.</exception>
    double Output(int index) => index == 0 ? Value : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Feeds one closed bar and returns <see cref="Value"/>; an indicator of a single price takes the close.</summary>
    double Update(in Ohlcv bar);

    /// <summary>Back to the state before the first update.</summary>
    void Reset();
}
