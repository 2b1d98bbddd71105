namespace Harrier.Domain;

/// <summary>State that can be saved at any event and restored bit-equal.</summary>
public interface IStateful
{
    /// <summary>Writes the whole state in a fixed order.</summary>
    void Save(ref StateWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote, in the same order.</summary>
    /// <exception cref="InvalidDataException">The data is cut short or of another shape.</exception>
    void Restore(ref StateReader reader);
}
