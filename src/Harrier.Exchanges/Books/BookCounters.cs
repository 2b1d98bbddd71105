using Harrier.Domain;

namespace Harrier.Exchanges.Books;

/// <summary>Counts behind <see cref="BookStatistics"/>.</summary>
internal sealed class BookCounters
{
    private bool _isUnverified;
    private Timestamp _since;
    private TimeSpan _unverified;

    public long Applied { get; set; }

    public long Stale { get; set; }

    public long Dropped { get; set; }

    public long Gaps { get; set; }

    public long Crossed { get; set; }

    public long Resyncs { get; private set; }

    public long SnapshotRequests { get; set; }

    public long SnapshotsTooOld { get; set; }

    public long SnapshotFailures { get; set; }

    public long GivenUp { get; set; }

    public void MarkUnverified(Timestamp now)
    {
        if (!_isUnverified)
        {
            _isUnverified = true;
            _since = now;
        }
    }

    public void MarkVerified(Timestamp now)
    {
        Resyncs++;
        _unverified += Since(now);
        _isUnverified = false;
    }

    public BookStatistics At(Timestamp now) => new()
    {
        Applied = Applied,
        Stale = Stale,
        Dropped = Dropped,
        Gaps = Gaps,
        Crossed = Crossed,
        Resyncs = Resyncs,
        SnapshotRequests = SnapshotRequests,
        SnapshotsTooOld = SnapshotsTooOld,
        SnapshotFailures = SnapshotFailures,
        GivenUp = GivenUp,
        TimeUnverified = _unverified + (_isUnverified ? Since(now) : TimeSpan.Zero),
    };

    // A message is stamped when it was read from the socket, which may be before the connection was known to be open.
    private TimeSpan Since(Timestamp now) => now > _since ? now - _since : TimeSpan.Zero;
}
