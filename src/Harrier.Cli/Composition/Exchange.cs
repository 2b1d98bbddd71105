using Harrier.Storage.Bars;
using Harrier.Storage.Recording;
using Harrier.Testnet;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Cli.Composition;

/// <summary>What <c>exchange</c> was asked for.</summary>
/// <param name="Host">Ports and seed.</param>
/// <param name="Symbols">Symbols; empty for the usual ones or those of the data.</param>
internal sealed record ExchangeRequest(TestnetOptions Host, IReadOnlyList<string> Symbols)
{
    /// <value>Venues whose markets move; empty for all.</value>
    public IReadOnlyList<string> Venues { get; init; } = [];

    /// <value>What kind of days a synthetic market has.</value>
    public MarketScenario Scenario { get; init; }

    /// <value>File or folder to replay; null for a synthetic market.</value>
    public string? Data { get; init; }

    /// <value>Recorded seconds in one.</value>
    public double Speed { get; init; } = 1;

    /// <value>File in which accounts, orders and positions are kept for the next start; null for none.</value>
    public string? KeptIn { get; init; }

    /// <value>Told that the file cannot be written.</value>
    public Action<string> Warn { get; init; } = static _ => { };
}

/// <summary>Joins recordings, markets and protocols to the built-in exchange.</summary>
internal static class Exchange
{
    /// <summary>Starts it.</summary>
    /// <exception cref="InputException">Something that a person can correct.</exception>
    public static async Task<BuiltInExchange> StartAsync(ExchangeRequest request, CancellationToken stop)
    {
        BuiltInExchangeOptions options = new()
        {
            Host = request.Host,
            Symbols = request.Symbols,
            Venues = request.Venues,
            Scenario = request.Scenario,
            Recording = request.Data is { } data ? Record(data) : null,
            Speed = request.Speed,
            KeptIn = request.KeptIn,
            Warn = request.Warn,
        };
        try
        {
            return await BuiltInExchange.StartAsync(options, TimeProvider.System, logger: null, stop);
        }
        catch (PortInUseException fault)
        {
            throw new InputException("port", fault.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "a port that no other program listens on");
        }
        catch (ArgumentException fault) when (fault.ParamName is "venues")
        {
            throw new InputException("venues", string.Join(',', request.Venues), fault.Message.Split(" (Parameter", StringSplitOptions.None)[0]);
        }
        catch (InvalidDataException fault) when (request.KeptIn is not null)
        {
            throw new InputException("home", request.KeptIn, $"the state of a built-in exchange that this program can read; {fault.Message}; take another --home, or a backup of this one");
        }
        catch (ArgumentException fault) when (fault.ParamName is "text" or "wanted" or "terms")
        {
            throw new InputException("symbols", string.Join(',', request.Symbols), fault.Message.Split(" (Parameter", StringSplitOptions.None)[0]);
        }
    }

    private static ReplayRecording Record(string path)
    {
        if (!Path.Exists(path))
        {
            throw new InputException("data", path, "a file or folder of bars, trades or captures");
        }

        List<string> others = [];
        List<IEnumerable<ReplayEvent>> streams = [.. Recorded(path), .. ReplayFolder.Open(path, others)];
        if (streams.Count == 0)
        {
            streams.AddRange(BarFileReader.Read(path, new BarReadOptions()).Select(file => BarTrades.From(file.Series)));
        }

        try
        {
            return new ReplayRecording(streams);
        }
        catch (ArgumentException)
        {
            throw new InputException("data", path, "at least one bar, trade or book");
        }
    }

    // The built-in exchange reads messages by its own code; only the files are opened for it.
    private static IEnumerable<IEnumerable<ReplayEvent>> Recorded(string path)
    {
        bool isRecorded = File.Exists(path) ? RecordingFile.IsSegment(path) : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Any(RecordingFile.IsSegment);
        if (!isRecorded)
        {
            return [];
        }

        try
        {
            RecordingReader recording = RecordingReader.Segments(path);
            return recording.Symbols.Select(symbol => Messages(recording.Of(symbol), symbol));
        }
        catch (RecordingException fault)
        {
            throw new InputException("data", fault.Path, fault.Reason);
        }
    }

    private static IEnumerable<ReplayEvent> Messages(RecordingReader recording, string symbol)
    {
        IEnumerable<CapturedMessage> messages = recording.Frames().Select(record => new CapturedMessage(record.Time, record.Bytes, record.Source.Connection));
        foreach (ReplayEvent happened in new CaptureReader(symbol).Read(messages))
        {
            yield return happened;
        }
    }
}
