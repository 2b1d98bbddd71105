using Harrier.Domain;

namespace Harrier.Storage.Journal;

/// <summary>What a segment says about the engine that wrote it.</summary>
/// <param name="Build">Version of Harrier.</param>
/// <param name="ConfigHash">Hash of the effective configuration, hexadecimal.</param>
/// <param name="Instruments">The instrument table; instrument ids in the segment are positions in it.</param>
public sealed record JournalIdentity(string Build, string ConfigHash, IReadOnlyList<InstrumentDefinition> Instruments)
{
    /// <summary>Part of the ids of all orders that the engine sent: a replay names them the same.</summary>
    public uint Run { get; init; }
}
