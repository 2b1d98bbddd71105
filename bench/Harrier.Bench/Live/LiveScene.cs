using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harrier.Bench.Live;

/// <summary>What a live run is made of.</summary>
/// <param name="Program">Harrier's assembly.</param>
/// <param name="Symbols">Symbols that are watched, each with all features of trades and books.</param>
/// <param name="Bots">How many of them are traded.</param>
/// <param name="Durability"><c>process</c> or <c>power</c>.</param>
internal sealed record LiveRequest(string Program, int Symbols, int Bots, string Durability)
{
    /// <summary>What else is said to the run.</summary>
    public IReadOnlyList<string> More { get; init; } = [];
}

/// <summary>The built-in exchange and a run with an account on it, two processes, in a folder of their own.</summary>
internal sealed class LiveScene : IDisposable
{
    private const string Account = "live";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly LiveRequest _request;
    private readonly string _folder;
    private readonly LiveProcess _exchange;
    private readonly int _port = FreePort();
    private readonly HttpClient _http = new();

    public LiveScene(LiveRequest request, string strategies)
    {
        _request = request;
        _folder = Directory.CreateTempSubdirectory("harrier-live-").FullName;
        string[] symbols = [.. Enumerable.Range(0, request.Symbols).Select(static i => NameOf(i))];
        _exchange = new LiveProcess(["dotnet", request.Program, "exchange", "--port", "0", "--limits", "off", "--venues", "binance-usdm", "--symbols", string.Join(',', symbols)], _folder);
        JsonElement house = JsonDocument.Parse(_exchange.ReadUntil("{")).RootElement.GetProperty("binance");
        Directory.CreateDirectory(Path.Combine(_folder, "strategies"));
        foreach (string file in Directory.GetFiles(strategies, "*.cs"))
        {
            File.Copy(file, Path.Combine(_folder, "strategies", Path.GetFileName(file)));
        }

        WriteKey(house);
        File.WriteAllText(Path.Combine(_folder, "live.json"), Configuration(house.GetProperty("rest").GetString()!, symbols).ToJsonString());
        Run = Start();
    }

    public LiveProcess Run { get; private set; }

    public LiveProcess Exchange => _exchange;

    /// <summary>Where the run serves.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>The folder of the run's state.</summary>
    public string Home => Path.Combine(_folder, "home");

    /// <summary>The figures now; null while the service does not answer.</summary>
    public MetricsReading? Read()
    {
        try
        {
            return new MetricsReading(_http.GetStringAsync(new Uri(Address, "/metrics")).GetAwaiter().GetResult());
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Waits until the figures are as wanted, while the run lives.</summary>
    public void Await(TimeProvider time, Func<MetricsReading, bool> isThere)
    {
        for (long start = time.GetTimestamp(); time.GetElapsedTime(start) < Longest; Task.Delay(Pause, time).GetAwaiter().GetResult())
        {
            Run.RequireAlive();
            if (Read() is { } reading && isThere(reading))
            {
                return;
            }
        }

        throw new InvalidOperationException($"the run did not get there within {Longest}");
    }

    /// <summary>Starts the run again, on the home that is there.</summary>
    public void Restart() => Run = Start();

    public void Dispose()
    {
        Run.Dispose();
        _exchange.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private LiveProcess Start() => new(
        ["dotnet", _request.Program, "run", "--config", "live.json", "--home", "home", "--port", _port.ToString(CultureInfo.InvariantCulture), "--json", .. _request.More], _folder);

    // The built-in exchange knows prices of some symbols, and makes up the others.
    private static string NameOf(int index) => index switch
    {
        0 => "BTCUSDT",
        1 => "ETHUSDT",
        _ => FormattableString.Invariant($"{(char)('A' + (index / 26 / 26))}{(char)('A' + (index / 26 % 26))}{(char)('A' + (index % 26))}XUSDT"),
    };

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void WriteKey(JsonElement house)
    {
        string file = Path.Combine(_folder, "key.json");
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter writer = new(file, options);
        writer.Write(new JsonObject { ["venue"] = "binance", ["key"] = house.GetProperty("key").GetString(), ["secret"] = house.GetProperty("secret").GetString() }.ToJsonString());
    }

    private JsonObject Configuration(string endpoint, string[] symbols) => new()
    {
        ["accounts"] = new JsonArray(new JsonObject
        {
            ["name"] = Account,
            ["venue"] = "binance-usdm",
            ["mode"] = "demo",
            ["endpoint"] = endpoint,
            ["key_file"] = "key.json",
            ["durability"] = _request.Durability,
            ["risk"] = new JsonObject { ["max_trades_per_hour"] = "none", ["max_losses_in_a_row"] = "none", ["max_orders_per_minute"] = "none" },
            ["bots"] = new JsonArray([.. symbols.Select((symbol, i) => BotOf(symbol, i))]),
        }),
    };

    private JsonObject BotOf(string symbol, int index) => new()
    {
        ["name"] = FormattableString.Invariant($"bot-{index}"),
        ["strategy"] = index < _request.Bots ? "IMBALANCE_TAKER" : "MARKET_WATCH",
        ["symbol"] = symbol,
        ["balance"] = index < _request.Bots ? 2000 : 1,
        ["size"] = "fraction:0.2",
        ["stop_loss"] = "none",
        ["take_profit"] = "none",
    };
}
