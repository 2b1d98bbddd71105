using Harrier.Domain;
using Harrier.Engine.Market;
using Harrier.Features.Microstructure;

namespace Harrier.Hosting.Markets;

/// <summary>The walls of a book at a moment.</summary>
/// <param name="Walls">The walls, in the order in which they were found; none while the book cannot be read.</param>
/// <param name="Threshold">The smallest size of a wall in base currency; null while that is not known.</param>
/// <param name="Mid">The middle of the best prices; null while the book cannot be read.</param>
public sealed record WallReading(IReadOnlyList<Wall> Walls, double? Threshold, double? Mid);

/// <summary>The book of one market of a run, and the walls in it. Safe to use from any thread; what comes is given in its order.</summary>
/// <param name="instrument">Whose book.</param>
public sealed class WallMemory(Instrument instrument)
{
    private readonly DensityDetector _detector = new(instrument);
    private readonly TrackedBook _book = new();
    private readonly Lock _gate = new();

    /// <summary>What counts as a wall.</summary>
    public DensitySettings Settings => _detector.Settings;

    /// <summary>The walls now.</summary>
    public WallReading Read()
    {
        lock (_gate)
        {
            BookTop? top = _book.Verified?.Top;
            double? mid = top is { IsTwoSided: true } known ? (instrument.ToDouble(known.Bid.Price) + instrument.ToDouble(known.Ask.Price)) / 2 : null;
            return new WallReading([.. Enumerable.Range(0, _detector.WallCount).Select(i => _detector[i])], _detector.Threshold, mid);
        }
    }

    /// <summary>Takes a trade, or a change of the book.</summary>
    /// <returns>What happened to walls with it.</returns>
    public IReadOnlyList<DensityEvent> Take(in MarketEvent change)
    {
        lock (_gate)
        {
            if (change.Kind == MarketEventKind.Trade)
            {
                _detector.OnTrade(in change);
                return [];
            }

            BookStep step = _book.Apply(in change, [_detector]);
            if ((step & BookStep.Lost) != 0)
            {
                _detector.OnBookLost(change.ReceivedTime);
            }

            if ((step & BookStep.Whole) == 0 || _book.Verified is not { } book)
            {
                return [];
            }

            _detector.OnBook(book, change.ReceivedTime);
            return _detector.Events.Length == 0 ? [] : _detector.Events.ToArray();
        }
    }

    /// <summary>The book cannot be believed until its next snapshot.</summary>
    public void Fail(Timestamp now)
    {
        lock (_gate)
        {
            if (_book.Fail(now))
            {
                _detector.OnBookLost(now);
            }
        }
    }
}
