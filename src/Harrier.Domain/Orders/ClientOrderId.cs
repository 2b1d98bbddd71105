using System.Globalization;

namespace Harrier.Domain;

/// <summary>Our name of an order: run and sequence, never random, so that a replay gives the same names.</summary>
/// <param name="Run">Identifies the run of the engine; derived from its manifest.</param>
/// <param name="Sequence">Number of the order in the run, from 1.</param>
public readonly record struct ClientOrderId(uint Run, int Sequence)
{
    /// <summary>The text a venue gets, 4 to 20 characters of letters, digits and a dash.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"h{Run:x8}-{Sequence}");
}
