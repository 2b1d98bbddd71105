using System.Globalization;
using System.Text.Json;
using Harrier.Storage.Recording;

namespace Harrier.Exchanges.Tests.Recording;

/// <summary>The book of a recording by the documented procedure, slow and without a line of the code under test.</summary>
internal sealed class RecordedBook
{
    private readonly SortedDictionary<decimal, decimal> _bids = [];
    private readonly SortedDictionary<decimal, decimal> _asks = [];
    private readonly List<(long Id, JsonElement Bids, JsonElement Asks)> _waiting = [];
    private bool _hasSnapshot;

    /// <summary>Id of the last update in it.</summary>
    public long LastId { get; private set; }

    public void Take(RecordedFrame record)
    {
        if (record.Kind > RecordKind.Snapshot)
        {
            return;
        }

        using JsonDocument document = JsonDocument.Parse(record.Bytes);
        JsonElement root = document.RootElement.Clone();
        JsonElement data = root.TryGetProperty("data", out JsonElement inner) ? inner : root;
        if (record.Kind == RecordKind.Snapshot)
        {
            Snapshot(data.GetProperty("lastUpdateId").GetInt64(), data.GetProperty("bids"), data.GetProperty("asks"));
        }
        else if (root.TryGetProperty("topic", out JsonElement topic) && topic.GetString()!.StartsWith("orderbook", StringComparison.Ordinal)
            && root.GetProperty("type").GetString() == "snapshot")
        {
            Snapshot(data.GetProperty("u").GetInt64(), data.GetProperty("b"), data.GetProperty("a"));
        }
        else if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("b", out JsonElement bids) && bids.ValueKind == JsonValueKind.Array)
        {
            Change(data.GetProperty("u").GetInt64(), bids, data.GetProperty("a"));
        }
    }

    /// <summary>The best levels of both sides, as text.</summary>
    public IEnumerable<string> Levels(int count) =>
    [
        .. _bids.Reverse().Take(count).Select(level => $"bid {level.Key:0.########} {level.Value:0.########}"),
        .. _asks.Take(count).Select(level => $"ask {level.Key:0.########} {level.Value:0.########}"),
    ];

    private void Snapshot(long id, JsonElement bids, JsonElement asks)
    {
        _bids.Clear();
        _asks.Clear();
        Set(_bids, bids);
        Set(_asks, asks);
        LastId = id;
        _hasSnapshot = true;
        foreach ((long changeId, JsonElement changedBids, JsonElement changedAsks) in _waiting)
        {
            Change(changeId, changedBids, changedAsks);
        }

        _waiting.Clear();
    }

    private void Change(long id, JsonElement bids, JsonElement asks)
    {
        if (!_hasSnapshot)
        {
            _waiting.Add((id, bids, asks));
        }
        else if (id > LastId)
        {
            Set(_bids, bids);
            Set(_asks, asks);
            LastId = id;
        }
    }

    private static void Set(SortedDictionary<decimal, decimal> side, JsonElement levels)
    {
        foreach (JsonElement level in levels.EnumerateArray())
        {
            decimal price = decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture);
            decimal size = decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                side.Remove(price);
            }
            else
            {
                side[price] = size;
            }
        }
    }
}
