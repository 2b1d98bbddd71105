using System.Globalization;

namespace Harrier.Domain;

/// <summary>Our name of an order: run and sequence, never random, so that a replay gives the same names.</summary>
/// <param name="Run">Identifies the run of the engine; derived from its manifest.</param>
/// <param name="Sequence">Number of the order in the run, from 1.</param>
public readonly record struct ClientOrderId(uint Run, int Sequence)
{
    private const int RunDigits = 8;

    /// <summary>Reads the text that <see cref="ToString"/> makes; any other text is somebody else's name.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ClientOrderId id)
    {
        bool isOurs = uint.TryParse(text.Length > RunDigits ? text.Slice(1, RunDigits) : default, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint run)
            & int.TryParse(text.Length > RunDigits + 2 ? text[(RunDigits + 2)..] : default, NumberStyles.None, CultureInfo.InvariantCulture, out int sequence);
        id = new ClientOrderId(run, sequence);
        return isOurs && text.SequenceEqual(id.ToString());
    }

    /// <summary>The text a venue gets, 4 to 20 characters of letters, digits and a dash.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"h{Run:x8}-{Sequence}");
}
