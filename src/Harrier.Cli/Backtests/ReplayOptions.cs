using System.CommandLine;
using System.Globalization;
using Harrier.Cli.Options;
using Harrier.Simulation.Books;

namespace Harrier.Cli.Backtests;

/// <summary>How finely a recording is played.</summary>
internal enum Resolution
{
    /// <summary>Trades and books.</summary>
    Book,

    /// <summary>Trades without their book.</summary>
    Ticks,

    /// <summary>The bars of its trades, as if nothing else had been stored.</summary>
    Bars,
}

/// <summary>How a recording of trades and books is to be played.</summary>
internal sealed record ReplayChoice
{
    /// <summary>How finely it is played; several to compare them.</summary>
    public required IReadOnlyList<Resolution> Resolutions { get; init; }

    public required QueueModel Queue { get; init; }

    /// <summary>From us to the venue and back, one way.</summary>
    public required LatencyModel Latency { get; init; }

    /// <summary>Milliseconds from the venue to us for market events; null as recorded.</summary>
    public required double? FeedMilliseconds { get; init; }

    /// <summary>Names of the options that were given though they concern recordings only.</summary>
    public required IReadOnlyList<string> Given { get; init; }
}

/// <summary>The options of <c>backtest</c> that concern recordings.</summary>
internal sealed class ReplayOptions
{
    private const string UsualLatency = "10";

    private static readonly Dictionary<string, IReadOnlyList<Resolution>> Resolutions = new()
    {
        ["book"] = [Resolution.Book],
        ["ticks"] = [Resolution.Ticks],
        ["bars"] = [Resolution.Bars],
        ["compare"] = [Resolution.Book, Resolution.Ticks, Resolution.Bars],
    };

    private static readonly Dictionary<string, Func<double, LatencyModel>> Latencies = new()
    {
        ["constant"] = milliseconds => new ConstantLatency(milliseconds),
        ["distribution"] = milliseconds => new LogNormalLatency(milliseconds),
        ["recorded"] = milliseconds => new RecordedLatency(milliseconds),
    };

    private readonly Option<string?> _resolution = new("--resolution") { Description = "of a recording: book; ticks to fill on its trades alone; bars to fill on the bars of its trades; compare for all of them side by side [book where it has one]" };
    private readonly Option<string?> _latency = new("--latency-ms") { Description = "of a recording: milliseconds of an order to the venue, and of its answer to us; the median of a distribution, the least of recorded ones [10]" };
    private readonly Option<string?> _latencyModel = new("--latency-model") { Description = "of a recording: constant, distribution (log-normal) or recorded (as the newest market message took) [constant]" };
    private readonly Option<string?> _feedLatency = new("--feed-latency-ms") { Description = "of a recording: milliseconds of a market message to us, instead of what it took when recorded" };
    private readonly Option<string?> _queue = new("--queue-model") { Description = "of a recording: which lots of a level are canceled first: back, uniform, power:N or log [back]" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in All)
        {
            verb.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    public ReplayChoice Read(ParseResult parsed, FaultList faults)
    {
        double milliseconds = (double)faults.Try(() => OptionText.Decimal("--latency-ms", parsed.GetValue(_latency) ?? UsualLatency, 0, 60_000));
        return new ReplayChoice
        {
            Resolutions = faults.Try(() => OptionText.Choice("--resolution", parsed.GetValue(_resolution) ?? "book", Resolutions)) ?? [],
            Queue = faults.Try(() => Queue(parsed.GetValue(_queue) ?? "back")) ?? new BackOfQueue(),
            Latency = faults.Try(() => OptionText.Choice("--latency-model", parsed.GetValue(_latencyModel) ?? "constant", Latencies))?.Invoke(milliseconds) ?? new ConstantLatency(milliseconds),
            FeedMilliseconds = faults.Try<double?>(() => parsed.GetValue(_feedLatency) is { } text ? (double)OptionText.Decimal("--feed-latency-ms", text, 0, 60_000) : null),
            Given = [.. All.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name.TrimStart('-'))],
        };
    }

    private Option<string?>[] All => [_resolution, _latency, _latencyModel, _feedLatency, _queue];

    private static QueueModel Queue(string text) => text switch
    {
        "back" => new BackOfQueue(),
        "uniform" => new PowerQueue(1),
        "log" => new LogQueue(),
        _ when text.StartsWith("power:", StringComparison.Ordinal)
            && double.TryParse(text.AsSpan(6), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double exponent) && exponent is > 0 and <= 100
            => new PowerQueue(exponent),
        _ => throw new InputException("queue-model", text, "back, uniform, power:N with N above 0 and at most 100, or log"),
    };
}
