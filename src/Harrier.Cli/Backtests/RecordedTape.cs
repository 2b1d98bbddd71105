using Harrier.Cli.Microstructure;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Feeds;
using Harrier.Research.Backtests;
using Harrier.Research.Replays;
using Harrier.Storage.Recording;

namespace Harrier.Cli.Backtests;

/// <summary>One symbol of one venue of a recording as a tape: its messages through the venue's own decoder and the venue's own rules of books.</summary>
internal sealed class RecordedTape : SourceTape
{
    private readonly VenueStreams _streams;
    private readonly string _path;
    private readonly RecordingReadOptions _options;
    private readonly Timestamp? _from;
    private RecordingGaps _gaps = new(0, 0, []);

    private RecordedTape(string path, VenueStreams streams, RecordingFacts facts, (Instrument Instrument, TapeWindow Window) wanted)
        : base(wanted.Instrument)
    {
        _path = path;
        _streams = streams;
        _from = wanted.Window.From;

        // What comes before the window is read as well: the book at its beginning is made of it.
        _options = facts.Reading with { To = wanted.Window.To };
    }

    /// <inheritdoc/>
    public override string Source => $"recording {_path}";

    /// <summary>True for a path that holds recorded messages.</summary>
    public static bool IsRecording(string path) => Path.Exists(path) && !StoredData.IsStore(path) && RecordedMessages.IsRecording(path);

    /// <summary>Finds out what a recording holds.</summary>
    /// <param name="path">A segment, a capture, or a folder of them.</param>
    /// <param name="wish">What was said about it.</param>
    /// <param name="minNotional">Least value of an order, in quote currency.</param>
    /// <param name="window">What of it is played.</param>
    /// <exception cref="InputException">It holds no messages, or not of the symbol or venue, or of several and none was chosen.</exception>
    public static RecordedTape Of(string path, RecordingWish wish, decimal minNotional, TapeWindow window)
    {
        RecordingFacts facts = RecordingFacts.Read(path, wish);
        VenueStreams streams = Composition.Exchanges.Of(facts.Venue).Recorded(facts.Venue)
            ?? throw new InputException("venue", facts.Venue, "a venue with trades and books");
        Instrument instrument = new(new InstrumentId(0), facts.Instrument.Definition with { MinNotional = minNotional });
        return new RecordedTape(path, streams, facts, (instrument, window));
    }

    /// <inheritdoc/>
    public override ITapeReader Open() => new Reader(this);

    /// <inheritdoc/>
    public override CheckResult Check(TapeSurvey survey)
    {
        string found = FormattableString.Invariant(
            $"{Missing(survey)}; {survey.WithoutBook.TotalSeconds:0.###} s without a book that can be believed");
        return new CheckResult("recording", _gaps.Holes + _gaps.Losses + _gaps.Faults.Count + survey.Faults == 0, found);
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Notes(TapeSurvey survey)
    {
        yield return FormattableString.Invariant(
            $"{survey.Trades} trades, {survey.BookMessages} book messages with {survey.LevelChanges} level changes, {survey.Snapshots} snapshots, {survey.Marks} marks; {Missing(survey)}");
        if (survey.NegativeLatencies > 0)
        {
            yield return FormattableString.Invariant($"note: {survey.NegativeLatencies} of {survey.Events} events were received before they happened, by the recorder's clock: their feed latency counts as 0; --feed-latency-ms sets one");
        }
    }

    private string Missing(TapeSurvey survey) => FormattableString.Invariant(
        $"{_gaps.Holes} holes, {_gaps.Losses} lost connections, {_gaps.Faults.Count} unreadable places, {survey.Faults} breaks of the book");

    private sealed class Reader : ITapeReader, IRecordingReader
    {
        private readonly RecordedTape _tape;
        private readonly RecordingReader _recording;
        private readonly IEnumerator<RecordedFrame> _frames;
        private readonly RecordedMarket _market;
        private WindowOpening? _before;
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
            _before = tape._from is null ? null : new WindowOpening();
        }

        public bool Read(ITapeSink sink)
        {
            if (!_frames.MoveNext())
            {
                _tape._gaps = new RecordingGaps(_holes, _losses, [.. _recording.Faults]);
                return false;
            }

            _sink = sink;
            RecordedFrame frame = _frames.Current;
            if (_before is { } before && frame.Time >= _tape._from!.Value)
            {
                _before = null;
                before.HandOut(sink, _tape._from.Value);
            }

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
                    _holes += _before is null ? 1 : 0;
                    break;
                default:
                    break;
            }

            return true;
        }

        public void OnEvent(in MarketEvent marketEvent)
        {
            _sawBook |= marketEvent.Kind is MarketEventKind.BookLevel or MarketEventKind.BookClear;
            if (_before is null)
            {
                _sink.Add(in marketEvent);
            }
            else
            {
                _before.Take(in marketEvent);
            }
        }

        public void OnFault(FeedFault fault)
        {
            if (_before is null)
            {
                _sink.Add(fault);
            }
            else
            {
                _before.Lose();
            }
        }

        public void Dispose() => _frames.Dispose();

        private void Lose(in RecordedFrame frame)
        {
            _losses += _before is null ? 1 : 0;
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
