using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Bybit.Market;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Testnet.Bybit.Streams;

/// <summary>
/// The topics of the books: depth 1 as snapshots whenever the best prices change, 50, 200 and 1000 as a snapshot and the changes that follow, cut with
/// the exchange's step. Numbers rise by one with each message of a topic. Every member is called inside the exchange's gate.
/// </summary>
/// <param name="market">Whose.</param>
/// <param name="hub">The streams.</param>
internal sealed class BybitBooks(BybitMarket market, StreamHub hub) : IExchangeListener, IDisposable
{
    /// <summary>Levels of the deepest topic, and of a request.</summary>
    public const int Deepest = 1000;

    private const string Prefix = "orderbook.";
    private static readonly int[] _depths = [1, 50, 200, Deepest];
    private static readonly TimeSpan _repeatAfter = TimeSpan.FromSeconds(3);

    private readonly JsonScratch _scratch = new();
    private readonly Topic[][] _topics = [.. market.Core.Listings.Select(l => _depths.Select(d => new Topic($"{Prefix}{d}.{l.Symbol}", d, l)).ToArray())];

    /// <inheritdoc/>
    public void Dispose() => _scratch.Dispose();

    /// <summary>The topic of a name, or null.</summary>
    public bool Knows(string name) => Find(name) is not null;

    /// <summary>Sends the book as it was told last, or, where nobody listened until now, as it is.</summary>
    public bool TryGreet(StreamClient client, string name)
    {
        if (Find(name) is not { } topic)
        {
            return false;
        }

        if (hub.Find(name) is not { HasReaders: true })
        {
            topic.Number += topic.Depth == Deepest ? 0 : 1;
            (topic.Bids, topic.Asks) = View(topic);
        }

        Write(topic, "snapshot", topic.Bids, topic.Asks, market.Core.Now);
        client.PushText(name, _scratch.Text);
        return true;
    }

    /// <inheritdoc/>
    public void OnTop(ListedInstrument instrument, long updateId, in TopOfBook top)
    {
        Topic best = _topics[instrument.Index][0];
        if (hub.Find(best.Name) is { HasReaders: true } stream)
        {
            best.Number++;
            Snapshot(best, stream);
        }
    }

    /// <inheritdoc/>
    public void OnDepth(ListedInstrument instrument, in DepthChange change)
    {
        foreach (Topic topic in _topics[instrument.Index].AsSpan(1))
        {
            StreamTopic? stream = hub.Find(topic.Name);
            bool isRead = stream is { HasReaders: true };
            if (topic.Depth == Deepest)
            {
                topic.Number++;
                market.BookUpdates[instrument.Index] = topic.Number;
            }

            if (isRead && stream is not null)
            {
                TellChange(topic, stream, change.Time);
            }
        }
    }

    /// <summary>Repeats best prices that did not change for a while.</summary>
    public void Tick()
    {
        Timestamp now = market.Core.Now;
        foreach (Topic[] topics in _topics)
        {
            if (now - topics[0].ToldAt >= _repeatAfter && hub.Find(topics[0].Name) is { HasReaders: true } stream)
            {
                Snapshot(topics[0], stream);
            }
        }
    }

    /// <summary>What a restart of the venue brings: every topic begins again with a snapshot whose number is 1.</summary>
    public void Restart()
    {
        foreach (Topic topic in _topics.SelectMany(t => t))
        {
            topic.Number = 1;
            if (topic.Depth == Deepest)
            {
                market.BookUpdates[topic.Instrument.Index] = 1;
            }

            if (hub.Find(topic.Name) is { HasReaders: true } stream)
            {
                Snapshot(topic, stream);
            }
        }
    }

    private static List<DepthLevel> Changes(IReadOnlyList<DepthLevel> before, IReadOnlyList<DepthLevel> after)
    {
        Dictionary<decimal, decimal> old = before.ToDictionary(l => l.Price, l => l.Quantity);
        List<DepthLevel> changes = [];
        foreach (DepthLevel level in after)
        {
            if (!old.Remove(level.Price, out decimal quantity) || quantity != level.Quantity)
            {
                changes.Add(level);
            }
        }

        changes.AddRange(old.Keys.Select(price => new DepthLevel(price, 0)));
        return changes;
    }

    private Topic? Find(string name)
    {
        string[] parts = name.Split('.');
        return parts.Length == 3 && market.Find(parts[2]) is { } instrument ? _topics[instrument.Index].FirstOrDefault(t => t.Name == name) : null;
    }

    private (IReadOnlyList<DepthLevel> Bids, IReadOnlyList<DepthLevel> Asks) View(Topic topic)
    {
        DepthView view = market.Core.Depth(topic.Instrument.Symbol, topic.Depth);
        return (view.Bids, view.Asks);
    }

    private void Snapshot(Topic topic, StreamTopic stream)
    {
        (topic.Bids, topic.Asks) = View(topic);
        Write(topic, "snapshot", topic.Bids, topic.Asks, market.Core.Now);
        topic.ToldAt = market.Core.Now;
        stream.Publish(_scratch.Text);
    }

    private void TellChange(Topic topic, StreamTopic stream, Timestamp cut)
    {
        (IReadOnlyList<DepthLevel> bids, IReadOnlyList<DepthLevel> asks) = View(topic);
        List<DepthLevel> changedBids = Changes(topic.Bids, bids);
        List<DepthLevel> changedAsks = Changes(topic.Asks, asks);
        if (topic.Depth != Deepest && changedBids.Count + changedAsks.Count == 0)
        {
            return;
        }

        (topic.Bids, topic.Asks) = (bids, asks);
        topic.Number += topic.Depth == Deepest ? 0 : 1;
        Write(topic, "delta", changedBids, changedAsks, cut);
        stream.Publish(_scratch.Text);
    }

    private void Write(Topic topic, string type, IReadOnlyList<DepthLevel> bids, IReadOnlyList<DepthLevel> asks, Timestamp cut)
    {
        Utf8JsonWriter json = _scratch.Start();
        json.WriteStartObject();
        json.WriteString("topic"u8, topic.Name);
        json.WriteString("type"u8, type);
        json.WriteNumber("ts"u8, market.Core.Now.UnixMilliseconds);
        json.WriteStartObject("data"u8);
        json.WriteString("s"u8, topic.Instrument.Symbol);
        BybitMarketApi.WriteLevels(json, "b"u8, topic.Instrument, bids);
        BybitMarketApi.WriteLevels(json, "a"u8, topic.Instrument, asks);
        json.WriteNumber("u"u8, topic.Number);
        json.WriteNumber("seq"u8, topic.Instrument.LastUpdateId);
        json.WriteEndObject();
        json.WriteNumber("cts"u8, cut.UnixMilliseconds);
        json.WriteEndObject();
    }

    private sealed class Topic(string name, int depth, ListedInstrument instrument)
    {
        public string Name { get; } = name;

        public int Depth { get; } = depth;

        public ListedInstrument Instrument { get; } = instrument;

        // A number from before the first message: a restart alone tells 1.
        public long Number { get; set; } = BybitMarket.FirstBookUpdate;

        public Timestamp ToldAt { get; set; }

        public IReadOnlyList<DepthLevel> Bids { get; set; } = [];

        public IReadOnlyList<DepthLevel> Asks { get; set; } = [];
    }
}
