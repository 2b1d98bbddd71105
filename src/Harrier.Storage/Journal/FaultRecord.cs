using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Storage.Journal;

/// <summary>How a broken feed lies in a journal: field by field, since the bytes between its fields are nobody's, and a replay compares all that is there.</summary>
public static class FaultRecord
{
    /// <summary>Reads it.</summary>
    public static FeedFault Read(ref StateReader reader) => new(new InstrumentId(reader.ReadInt32()), reader.ReadTimestamp());

    internal static void Write(ref StateWriter writer, in FeedFault fault)
    {
        writer.Write(fault.Instrument.Index);
        writer.Write(fault.Time);
    }
}
