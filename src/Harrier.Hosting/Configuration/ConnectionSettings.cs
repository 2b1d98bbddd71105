
namespace Harrier.Hosting.Configuration;

/// <summary>How the connections of a run to its venues behave.</summary>
public sealed record ConnectionSettings
{
    /// <summary>Time between pings on a WebSocket; a venue that asks for more of them gets more.</summary>
    /// <value>30 s.</value>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests that may wait for a venue's limits; one more is refused.</summary>
    /// <value>1000.</value>
    public int RequestQueue { get; init; } = 1000;

    /// <summary>Time between two readings of an account at its venue, beside those after each connect and each doubt.</summary>
    /// <value>30 s.</value>
    public TimeSpan PositionSync { get; init; } = TimeSpan.FromSeconds(30);

    internal static ConnectionSettings Read(Section section)
    {
        ConnectionSettings usual = new();
        ConnectionSettings read = new()
        {
            PingInterval = Length(section, "ping_interval", usual.PingInterval, TimeSpan.FromSeconds(5)),
            RequestQueue = section.CountOrNone("request_queue", usual.RequestQueue, 10, 100_000) ?? usual.RequestQueue,
            PositionSync = Length(section, "position_sync", usual.PositionSync, TimeSpan.FromSeconds(5)),
        };
        section.RefuseOthers();
        return read;
    }

    private static TimeSpan Length(Section section, string key, TimeSpan usual, TimeSpan least)
    {
        string allowed = $"a length of time from {least.TotalSeconds:0}s to 10m, such as 30s";
        if (section.Length(key, allowed)?.Interval is not { } length)
        {
            return usual;
        }

        if (length < least || length > TimeSpan.FromMinutes(10))
        {
            section.Fault(key, FormattableString.Invariant($"{length.TotalSeconds:0}s"), allowed);
        }

        return length;
    }
}
