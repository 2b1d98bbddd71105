namespace Harrier.Features.Microstructure;

/// <summary>
/// A feature that follows each level of the book instead of walking through it. Changes are told while a message is being applied; the book is
/// whole at the <see cref="IBookFeature.OnBook"/> that follows. Also the levels of a snapshot are told, one by one.
/// </summary>
public interface ILevelFeature : IBookFeature
{
    /// <summary>The size at a price changed.</summary>
    /// <param name="isAsk">Which side.</param>
    /// <param name="ticks">The price.</param>
    /// <param name="change">New size less old size, in lots; not 0.</param>
    void OnLevel(bool isAsk, long ticks, long change);
}
