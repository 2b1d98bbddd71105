using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>What of a recording is wanted.</summary>
public sealed record RecordingReadOptions
{
    /// <summary>The earliest time, included; null for the beginning.</summary>
    public Timestamp? From { get; init; }

    /// <summary>The latest time, included; null for the end.</summary>
    public Timestamp? To { get; init; }

    /// <summary>Records of this symbol only, with the events and holes of all connections; null for everything.</summary>
    public string? Symbol { get; init; }

    /// <summary>Which files are read, such as those of one venue; null for all.</summary>
    public Predicate<RecordingFile>? Files { get; init; }

    internal bool Overlaps(Timestamp first, Timestamp last) => (From is not { } from || last >= from) && (To is not { } to || first <= to);

    internal bool Wants(in RecordedFrame record) =>
        (From is not { } from || record.Time >= from) && (To is not { } to || record.Time <= to)
        && (Symbol is null || record.Kind >= RecordKind.Opened || record.Source.Symbol == Symbol);
}
