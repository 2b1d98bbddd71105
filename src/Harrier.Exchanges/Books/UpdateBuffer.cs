using Harrier.Domain;

namespace Harrier.Exchanges.Books;

/// <summary>Updates kept until a snapshot comes.</summary>
internal sealed class UpdateBuffer(int maxChanges)
{
    private readonly List<Header> _headers = [];
    private LevelChange[] _changes = [];
    private int _changeCount;

    public int Count => _headers.Count;

    public DepthUpdate this[int index]
    {
        get
        {
            Header header = _headers[index];
            return new DepthUpdate
            {
                FirstId = header.FirstId,
                FinalId = header.FinalId,
                PreviousId = header.PreviousId,
                ExchangeTime = header.ExchangeTime,
                ReceivedTime = header.ReceivedTime,
                Changes = _changes.AsSpan(header.Start, header.Length),
            };
        }
    }

    /// <summary>Keeps a copy.</summary>
    /// <returns>False when there is no room for it.</returns>
    public bool TryAdd(in DepthUpdate update)
    {
        int length = update.Changes.Length;
        if (_changeCount + length > maxChanges || _headers.Count >= maxChanges)
        {
            return false;
        }

        if (_changeCount + length > _changes.Length)
        {
            Array.Resize(ref _changes, Math.Max(_changeCount + length, _changes.Length * 2));
        }

        update.Changes.CopyTo(_changes.AsSpan(_changeCount));
        _headers.Add(new Header(update.FirstId, update.FinalId, update.PreviousId, update.ExchangeTime, update.ReceivedTime, _changeCount, length));
        _changeCount += length;
        return true;
    }

    public void Clear()
    {
        _headers.Clear();
        _changeCount = 0;
    }

    /// <summary>Gives the memory back: a book is rebuilt seldom, and there are hundreds of them.</summary>
    public void Release()
    {
        Clear();
        _headers.Capacity = 0;
        _changes = [];
    }

    private readonly record struct Header(
        long FirstId, long FinalId, long PreviousId, Timestamp ExchangeTime, Timestamp ReceivedTime, int Start, int Length);
}
