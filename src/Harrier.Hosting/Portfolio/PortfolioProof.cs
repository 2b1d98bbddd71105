using Harrier.Hosting.Accounts;
using Harrier.Storage.Journal;

namespace Harrier.Hosting.Portfolio;

/// <summary>Proves that segments of the journals of portfolio accounts repeat: every decision byte for byte, and the state with which the next segment begins.</summary>
public static class PortfolioProof
{
    /// <summary>The segments in a folder and below.</summary>
    public static IReadOnlyList<string> SegmentsIn(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Prepend(folder).SelectMany(StateJournal.SegmentsOf).Order(StringComparer.Ordinal)] : [];

    /// <summary>Proves a segment.</summary>
    /// <param name="path">Its file.</param>
    /// <exception cref="JournalException">It is damaged.</exception>
    /// <exception cref="InvalidDataException">Its state or a record cannot be read.</exception>
    public static ProvenSession Run(string path)
    {
        StateSegment segment = StateJournal.Read(path);
        ReplayedSegment replayed = PortfolioReplay.Run(segment);
        StateSegment? next = Next(path, segment.Number);
        if (next is not null && PortfolioAccount.VersionOf(next.State.Span) > PortfolioAccount.VersionOf(segment.State.Span))
        {
            replayed.Account.Renew();
        }

        string? divergence = replayed.Divergence ?? DivergenceOf(replayed.Account, next);
        return new ProvenSession(new SessionOutcome(replayed.Inputs, segment.Records.Count, divergence, segment.HasTornTail), replayed.Account.StateHash());
    }

    private static string? DivergenceOf(PortfolioAccount account, StateSegment? next) =>
        next is null || account.Save().AsSpan().SequenceEqual(next.State.Span) ? null : $"the next segment begins with another state than this one ends with ({account.StateHash()[..8]})";

    private static StateSegment? Next(string path, int number) => StateJournal.SegmentsOf(Path.GetDirectoryName(Path.GetFullPath(path))!)
        .SkipWhile(one => Path.GetFileName(one) != Path.GetFileName(path)).Skip(1).Take(1).Select(static one => StateJournal.Read(one)).FirstOrDefault(next => next.Number == number + 1);
}
