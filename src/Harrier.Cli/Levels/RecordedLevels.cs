using Harrier.Cli.Backtests;
using Harrier.Cli.Diagnostics;
using Harrier.Cli.Microstructure;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Research.Replays;

namespace Harrier.Cli.Levels;

/// <summary>Levels on a recording: its trades as bars, and what a strategy would see between them.</summary>
internal static class RecordedLevels
{
    private static readonly BarSpec Minute = new(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated);

    /// <summary>The bars of the trades of one symbol.</summary>
    /// <exception cref="InputException">It has no trades, or too few for one bar, or the symbol is not in it.</exception>
    public static BarSeries ReadBars(LevelRequest request, CancellationToken stop)
    {
        BarSpec spec = request.Reading.Interval ?? Minute;
        using RecordedTape tape = RecordedTape.Of(request.Data!, WishOf(request), minNotional: 0, new TapeWindow(Day(request.Reading.From)?.First, Day(request.Reading.To)?.Last));
        BarHistory history = TapeSurvey.Of(tape, spec, stop.ThrowIfCancellationRequested).Series[0];
        Bar[] bars = [.. history.ReadBlocks().SelectMany(block => block.ToArray())];
        return bars.Length > 0
            ? new BarSeries(history.Instrument, history.Spec, bars, bars.Length)
            : throw new InputException("interval", spec.ToString(), "a length that the trades of the recording fill at least once");
    }

    /// <summary>Adds walls and activity of the whole recording.</summary>
    public static void Record(LevelRequest request, string symbol, DiagnosticFile file, CancellationToken stop)
    {
        using SessionView view = new(file);
        new L2Run(new L2Request(request.Preset, symbol, TimeSpan.MaxValue) { Data = request.Data, Wish = WishOf(request) }, view, TimeProvider.System).Play(stop);
    }

    private static PointInTime? Day(DateOnly? day) => day is null ? null : new PointInTime("", day, default);

    private static RecordingWish WishOf(LevelRequest request) =>
        new(request.IsVenueGiven ? request.Venue : null, request.Reading.Symbols is [{ } symbol] ? symbol : null);

    /// <summary>Shows nothing and keeps the records.</summary>
    private sealed class SessionView(DiagnosticFile file) : IL2View
    {
        public void Show(L2Snapshot snapshot)
        {
        }

        public void Record(DiagnosticRecord record) => file.Add(record);

        public void End(DiagnosticSession session)
        {
        }

        public void Warn(string line)
        {
        }

        public void Dispose()
        {
        }
    }
}
