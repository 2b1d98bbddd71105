using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>Instants at which something is done at a fixed pace: whole multiples of it since 1970, so that they do not depend on where the data began.</summary>
public static class Cadence
{
    /// <summary>The first such instant after another.</summary>
    /// <param name="now">Which; not before 1970.</param>
    /// <param name="pace">Time between two instants; above 0.</param>
    public static Timestamp Next(Timestamp now, TimeSpan pace)
    {
        long nanos = pace.Ticks * 100;
        return new Timestamp(((now.Nanos / nanos) + 1) * nanos);
    }
}
