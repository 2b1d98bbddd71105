using Harrier.Domain;

namespace Harrier.Features;

/// <summary>
/// A feature that is fed by the closed bars of one instrument in one interval. What it shows after a bar depends on that bar and those
/// before it only; whatever it shows carries the instant from which it could be known.
/// </summary>
public interface IBarFeature : IStateful
{
    /// <summary>A bar closed; called once for each bar, oldest first.</summary>
    void OnBar(in ClosedBar bar);
}
