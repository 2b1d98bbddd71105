using Harrier.Domain;

namespace Harrier.Storage.Market.Checks;

/// <summary>Counts what is found, by kind, and keeps the first times and words of each.</summary>
internal sealed class FindingList
{
    private const int Shown = 10;
    private readonly SortedDictionary<StoreFindingKind, (long Count, string Detail, List<Timestamp> First)> _found = [];

    /// <summary>Counts a row.</summary>
    /// <param name="kind">What was found.</param>
    /// <param name="time">Where.</param>
    /// <param name="detail">About the first of its kind.</param>
    public void Add(StoreFindingKind kind, Timestamp time, string detail) => Add(kind, 1, time, detail);

    /// <summary>Counts several.</summary>
    public void Add(StoreFindingKind kind, long count, Timestamp? time, string detail)
    {
        (long before, string text, List<Timestamp> first) = _found.TryGetValue(kind, out var known) ? known : (0, detail, []);
        if (time is { } when && first.Count < Shown)
        {
            first.Add(when);
        }

        _found[kind] = (before + count, text, first);
    }

    /// <summary>Everything found, in the order of the kinds, which has notes last.</summary>
    public IReadOnlyList<StoreFinding> ToList() => [.. _found.Select(pair => new StoreFinding(pair.Key, pair.Value.Count, Line(pair.Key, pair.Value.Count, pair.Value.Detail), pair.Value.First))];

    private static string Line(StoreFindingKind kind, long count, string detail)
    {
        string what = kind switch
        {
            StoreFindingKind.DamagedFile => "damaged files",
            StoreFindingKind.OtherSchema => "files with other columns",
            StoreFindingKind.MissingFile => "files that are gone",
            StoreFindingKind.Checksum => "files that their manifests do not describe",
            StoreFindingKind.Misplaced => "rows in the file of another time",
            StoreFindingKind.OutOfOrder => "rows out of order",
            StoreFindingKind.Duplicate => "rows that repeat another",
            StoreFindingKind.Overlap => "rows of one time with different values",
            StoreFindingKind.Unaligned => "bars that do not open on a multiple of their length",
            StoreFindingKind.Inconsistent => "bars whose high and low do not enclose open and close",
            StoreFindingKind.Price => "prices that are not above 0",
            StoreFindingKind.Volume => "volumes below 0",
            StoreFindingKind.ZeroVolume => "runs of bars without volume",
            StoreFindingKind.Outlier => "closes that jump away and come back without volume",
            StoreFindingKind.Wick => "highs or lows far away from open and close",
            StoreFindingKind.Gap => "missing bars",
            StoreFindingKind.Jump => "closes that jump and stay or are backed by volume (a note)",
            _ => "bars that the source has not (a note)",
        };
        return FormattableString.Invariant($"{count} {what}, the first: {detail}");
    }
}
