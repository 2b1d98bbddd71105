using System.Runtime.CompilerServices;
using Harrier.Domain;

namespace Harrier.Engine.Risk;

/// <summary>How often something was refused, by reason.</summary>
/// <typeparam name="TReason">An enumeration of bytes that counts from 0 without holes.</typeparam>
public sealed class RefusalCounts<TReason> : IStateful
    where TReason : struct, Enum
{
    private readonly int[] _counts = new int[Enum.GetValues<TReason>().Length];

    /// <summary>All refusals.</summary>
    public int Total => _counts.Sum();

    /// <summary>The reasons that occurred and how often, in the order of the enumeration.</summary>
    public IReadOnlyList<KeyValuePair<TReason, int>> ByReason =>
        [.. Enum.GetValues<TReason>().Select(reason => KeyValuePair.Create(reason, this[reason])).Where(pair => pair.Value > 0)];

    /// <summary>How often for one reason.</summary>
    public int this[TReason reason] => _counts[Unsafe.BitCast<TReason, byte>(reason)];

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        foreach (int count in _counts)
        {
            writer.Write(count);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] = reader.ReadInt32();
        }
    }

    internal void Add(TReason reason) => _counts[Unsafe.BitCast<TReason, byte>(reason)]++;
}
