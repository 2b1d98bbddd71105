using Harrier.Domain;
using Harrier.Research.Replays;

namespace Harrier.Cli.Backtests;

/// <summary>
/// What a recording says before the window of a run begins: its trades are over, its book and its mark price are still there when it does. Both are handed out at
/// the instant at which the window begins, the book as a snapshot.
/// </summary>
internal sealed class WindowOpening
{
    private readonly OrderBook _book = new();
    private MarketEvent? _mark;
    private bool _isWhole;
    private bool _isMidMessage;
    private bool _isInSnapshot;

    /// <summary>Takes an event before the window.</summary>
    public void Take(in MarketEvent earlier)
    {
        switch (earlier.Kind)
        {
            case MarketEventKind.BookClear:
                Lose();
                _isInSnapshot = true;
                Close(in earlier);
                break;
            case MarketEventKind.BookLevel:
                if (_isWhole || _isInSnapshot)
                {
                    _book.Set(earlier.IsSell, earlier.Price.Value, earlier.Size.Value);
                }

                Close(in earlier);
                break;
            case MarketEventKind.MarkPrice:
                _mark = earlier;
                break;
            default:
                break;
        }
    }

    /// <summary>The book cannot be believed from here on.</summary>
    public void Lose()
    {
        _book.Clear();
        _isWhole = false;
        _isInSnapshot = false;
    }

    /// <summary>Hands out what is there.</summary>
    /// <param name="sink">Takes it.</param>
    /// <param name="at">When the window begins.</param>
    public void HandOut(ITapeSink sink, Timestamp at)
    {
        if (_mark is { } mark)
        {
            mark = mark with { ExchangeTime = at, ReceivedTime = at };
            sink.Add(in mark);
        }

        if (!_isWhole || _isMidMessage)
        {
            return;
        }

        int left = _book.Bids.Count + _book.Asks.Count;
        Put(sink, at, MarketEventKind.BookClear, (false, default), left == 0);
        foreach (BookLevel level in _book.Bids)
        {
            Put(sink, at, MarketEventKind.BookLevel, (false, level), --left == 0);
        }

        foreach (BookLevel level in _book.Asks)
        {
            Put(sink, at, MarketEventKind.BookLevel, (true, level), --left == 0);
        }
    }

    private void Close(in MarketEvent change)
    {
        _isMidMessage = !change.LastInBatch;
        if (change.LastInBatch && _isInSnapshot)
        {
            _isInSnapshot = false;
            _isWhole = true;
        }
    }

    private static void Put(ITapeSink sink, Timestamp at, MarketEventKind kind, (bool IsAsk, BookLevel Level) where, bool isLast)
    {
        MarketEvent change = new()
        {
            ExchangeTime = at,
            ReceivedTime = at,
            Price = where.Level.Price,
            Size = where.Level.Size,
            Instrument = default,
            Kind = kind,
            IsSell = where.IsAsk,
            LastInBatch = isLast,
        };
        sink.Add(in change);
    }
}
