using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.History;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Requests;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.History;

/// <summary>The past of a venue whose answers a script gives, over real sockets.</summary>
internal sealed class HistoryScene : IDisposable
{
    public static readonly BarSpec Hour = new(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
    public static readonly BarSpec Week = new(7 * Timestamp.NanosPerDay, BarKind.Time, BarSource.Venue);

    private readonly HttpMessageInvoker _http = RestTransport.Create();

    /// <param name="house">The venue's house.</param>
    /// <param name="venue">Its full name.</param>
    /// <param name="script">The answer to the request of a number from 0, by its text; null cuts the connection.</param>
    /// <param name="closesAfterEach">Whether a connection serves one request alone.</param>
    public HistoryScene(Exchange house, string venue, Func<int, string, byte[]?> script, bool closesAfterEach = false)
    {
        Server = new ScriptedServer((number, text) => script(number, text.Split(' ')[1]), closesAfterEach);
        History = house.OpenHistory(new HistoryRequest(venue, new VenuePlace(PlaceKind.Address, Server.Address)), Surroundings).Value;
    }

    public ScriptedServer Server { get; }

    public IMarketHistory History { get; }

    /// <summary>Paths and queries that were asked for.</summary>
    public IReadOnlyList<string> Asked => [.. Server.Requests.Select(text => text.Split(' ')[1])];

    // Pauses end at once: what is tested is what is asked, not how long between.
    public VenueSurroundings Surroundings => new(_http, new HttpSocketFactory(_http), TimeProvider.System, NullLogger.Instance) { Jitter = () => 0 };

    public static Timestamp At(int month, int day, int hour = 0) => Timestamp.From(new DateTimeOffset(2026, month, day, hour, 0, 0, TimeSpan.Zero));

    public static byte[] Ok(string body, params string[] headers) => ScriptedServer.Answer(200, body, headers);

    public void Dispose()
    {
        History.Dispose();
        Server.Dispose();
        _http.Dispose();
    }
}
