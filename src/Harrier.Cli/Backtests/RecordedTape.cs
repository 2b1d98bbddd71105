using Harrier.Cli.Microstructure;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Feeds;
using Harrier.Research.Replays;
using Harrier.Storage.Recording;

namespace Harrier.Cli.Backtests;

/// <summary>One symbol of a recording as a tape: its messages through the venue's own decoder and the venue's own rules of books.</summary>
internal sealed class RecordedTape : MarketTape
{
    private readonly VenueStreams _streams;
    private readonly string _path;
    private readonly RecordingReadOptions _options;

    private RecordedTape(string path, VenueStreams streams, Instrument instrument)
        : base([instrument])
    {
        _path = path;
        _streams = streams;

        // A plain capture is about one symbol whatever its file is called.
        bool namesSymbols = Directory.Exists(path) || RecordingFile.IsSegment(path);
        _options = new RecordingReadOptions { Symbol = namesSymbols ? instrument.Symbol : null };
    }

    /// <summary>The venue and the symbol.</summary>
    public Instrument Instrument => Instruments[0];

    /// <summary>What was missing or unreadable the last time that the tape was read to its end.</summary>
    public RecordingGaps Gaps { get; private set; } = new(0, 0, []);

    /// <summary>True for a path that holds recorded messages.</summary>
    public static bool IsRecording(string path) => Path.Exists(path) && !StoredData.IsStore(path) && RecordedMessages.IsRecording(path);

    /// <summary>Finds out what a recording holds.</summary>
    /// <param name="path">A segment, a capture, or a folder of them.</param>
    /// <param name="wish">What was said about it.</param>
    /// <param name="minNotional">Least value of an order, in quote currency.</param>
    /// <exception cref="InputException">It holds no messages, or not of the symbol.</exception>
    public static RecordedTape Of(string path, RecordingWish wish, decimal minNotional)
    {
        RecordingFacts facts = RecordingFacts.Read(path, wish);
        VenueStreams streams = Composition.Exchanges.Of(facts.Venue).Recorded(facts.Venue)
            ?? throw new InputException("venue", facts.Venue, "a venue with trades and books");
        return new RecordedTape(path, streams, new Instrument(new InstrumentId(0), facts.Instrument.Definition with { MinNotional = minNotional }));
    }

    /// <inheritdoc/>
    public override ITapeReader Open() => new Reader(this);

    private sealed class Reader : ITapeReader, IRecordingReader
    {
        private readonly RecordedTape _tape;
        private readonly RecordingReader _recording;
        private readonly IEnumerator<RecordedFrame> _frames;
        private readonly RecordedMarket _market;
        private ITapeSink _sink = null!;
        private string? _bookConnection;
        private bool _sawBook;
        private int _holes;
        private int _losses;

        public Reader(RecordedTape tape)
        {
            _tape = tape;
            _recording = RecordingReader.Open(tape._path, tape._options);
            _frames = _recording.Frames().GetEnumerator();
            _market = new RecordedMarket(tape._streams, tape.Instrument, this);
        }

        public bool Read(ITapeSink sink)
        {
            if (!_frames.MoveNext())
            {
                _tape.Gaps = new RecordingGaps(_holes, _losses, [.. _recording.Faults]);
                return false;
            }

            _sink = sink;
            RecordedFrame frame = _frames.Current;
            switch (frame.Kind)
            {
                case RecordKind.Frame or RecordKind.Snapshot:
                    _sawBook = false;
                    _market.Play(frame.Bytes.Span, frame.Time);
                    _bookConnection = _sawBook ? frame.Source.Connection : _bookConnection;
                    break;
                case RecordKind.Lost:
                    Lose(in frame);
                    break;
                case RecordKind.Hole:
                    // Whether a message of the book was among what is missing is shown by the ids of the next one.
                    _holes++;
                    break;
                default:
                    break;
            }

            return true;
        }

        public void OnEvent(in MarketEvent marketEvent)
        {
            _sawBook |= marketEvent.Kind is MarketEventKind.BookLevel or MarketEventKind.BookClear;
            _sink.Add(in marketEvent);
        }

        public void OnFault(FeedFault fault) => _sink.Add(fault);

        public void Dispose() => _frames.Dispose();

        private void Lose(in RecordedFrame frame)
        {
            _losses++;
            if (_bookConnection is null || frame.Source.Connection == _bookConnection)
            {
                _market.Interrupt(frame.Time);
            }
        }
    }
}

/// <summary>What a recording lacks.</summary>
/// <param name="Holes">Places at which the recorder was too slow, or a file is damaged.</param>
/// <param name="Losses">Connections that were lost.</param>
/// <param name="Faults">What could not be read.</param>
internal sealed record RecordingGaps(int Holes, int Losses, IReadOnlyList<RecordingFault> Faults);
