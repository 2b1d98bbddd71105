using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>A feature that is also fed by time: at each whole multiple of its cadence since 1970, from the instrument's first trade or book on.</summary>
public interface IClockFeature : IStateful
{
    /// <summary>Time between two calls; above 0.</summary>
    TimeSpan Cadence { get; }

    /// <summary>The instant has come; everything that reached us before it has been told.</summary>
    void OnClock(Timestamp now);
}
