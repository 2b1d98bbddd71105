using System.Globalization;
using System.IO.Compression;
using System.Text;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Feeds;
using Harrier.Research.Replays;

namespace Harrier.Bench.Replays;

/// <summary>Messages of a capture in memory, unpacked but not read: a tape that decodes them each time, as a backtest on a recording does.</summary>
/// <param name="streams">How the venue's messages are read.</param>
/// <param name="instrument">Their symbol.</param>
/// <param name="messages">Receive time and text of each.</param>
internal sealed class CapturedTape(VenueStreams streams, Instrument instrument, IReadOnlyList<(Timestamp Received, byte[] Text)> messages) : MarketTape([instrument])
{
    /// <summary>Reads a gzip of lines of <c>&lt;unix ns&gt; &lt;json&gt;</c>.</summary>
    public static CapturedTape Read(string path, VenueStreams streams, Instrument instrument)
    {
        List<(Timestamp, byte[])> messages = [];
        using GZipStream unpacked = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader reader = new(unpacked, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            int blank = line.IndexOf(' ', StringComparison.Ordinal);
            messages.Add((new Timestamp(long.Parse(line.AsSpan(0, blank), CultureInfo.InvariantCulture)), Encoding.UTF8.GetBytes(line[(blank + 1)..])));
        }

        return new CapturedTape(streams, instrument, messages);
    }

    /// <summary>The events that the messages become.</summary>
    public EventTape Decoded()
    {
        EventList events = new();
        using ITapeReader reader = Open();
        while (reader.Read(events))
        {
        }

        return new EventTape(Instruments[0], [.. events.Events]);
    }

    /// <inheritdoc/>
    public override ITapeReader Open() => new Reader(new RecordedMarketSource(streams, Instruments[0]), messages);

    private sealed class Reader(RecordedMarketSource source, IReadOnlyList<(Timestamp Received, byte[] Text)> messages) : ITapeReader
    {
        private int _next;

        public bool Read(ITapeSink sink)
        {
            if (_next == messages.Count)
            {
                return false;
            }

            (Timestamp received, byte[] text) = messages[_next++];
            source.Play(text, received, sink);
            return true;
        }

        public void Dispose()
        {
        }
    }

    private sealed class RecordedMarketSource : IRecordingReader
    {
        private readonly RecordedMarket _market;
        private ITapeSink _sink = null!;

        public RecordedMarketSource(VenueStreams streams, Instrument instrument) => _market = new RecordedMarket(streams, instrument, this);

        public void Play(byte[] text, Timestamp received, ITapeSink sink)
        {
            _sink = sink;
            _market.Play(text, received);
        }

        public void OnEvent(in MarketEvent marketEvent) => _sink.Add(in marketEvent);

        public void OnFault(FeedFault fault) => _sink.Add(fault);
    }

    private sealed class EventList : ITapeSink
    {
        public List<MarketEvent> Events { get; } = [];

        public void Add(in MarketEvent marketEvent) => Events.Add(marketEvent);

        public void Add(FeedFault fault) => throw new InvalidDataException("the recording has a hole");
    }
}
