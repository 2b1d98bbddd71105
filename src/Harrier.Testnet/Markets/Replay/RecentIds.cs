namespace Harrier.Testnet.Markets;

/// <summary>The newest ids of trades, by which one that came twice is known.</summary>
internal sealed class RecentIds
{
    // More trades than come while two sessions overlap.
    private const int Most = 20_000;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Takes an id.</summary>
    /// <returns>False when it came before.</returns>
    public bool Add(string id)
    {
        if (!_ids.Add(id))
        {
            return false;
        }

        _order.Enqueue(id);
        if (_order.Count > Most)
        {
            _ids.Remove(_order.Dequeue());
        }

        return true;
    }
}
