using Harrier.Domain;

namespace Harrier.Research.Checks;

/// <summary>Counts findings of one kind and keeps the first.</summary>
internal sealed class FindingRows
{
    private const int Shown = 10;
    private readonly List<Timestamp> _first = [];

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>The very first one; the epoch when there is none.</summary>
    public Timestamp FirstTime => _first.Count > 0 ? _first[0] : default;

    /// <summary>Counts one more.</summary>
    public void Add(Timestamp time)
    {
        if (Count++ < Shown)
        {
            _first.Add(time);
        }
    }

    /// <summary>Adds the finding when there is one.</summary>
    public void Report(List<DataFinding> findings, DataFindingKind kind, bool fails, string detail)
    {
        if (Count > 0)
        {
            findings.Add(new DataFinding(kind, fails, Count, FormattableString.Invariant($"{Count} {detail}"), _first));
        }
    }
}
