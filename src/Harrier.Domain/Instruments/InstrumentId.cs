using System.Globalization;

namespace Harrier.Domain;

/// <summary>
/// A dense index into the instrument table of one engine or journal segment. It means nothing outside of it; the
/// lasting name is venue and symbol.
/// </summary>
/// <param name="Index">Position in the table, from 0.</param>
public readonly record struct InstrumentId(int Index)
{
    /// <inheritdoc/>
    public override string ToString() => "#" + Index.ToString(CultureInfo.InvariantCulture);
}
