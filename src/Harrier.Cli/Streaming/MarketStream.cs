using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;

namespace Harrier.Cli.Streaming;

/// <summary>Market data of a venue, ready to run.</summary>
/// <param name="venue">Whose data; <c>sim-...</c> when it comes from the built-in exchange.</param>
/// <param name="run">Carries data until it is stopped.</param>
/// <param name="read">Every symbol at a moment.</param>
/// <param name="connections">Its connections.</param>
/// <param name="parts">Counts its messages; what it is made of, disposed of with it.</param>
internal sealed class MarketStream(
    VenueId venue, Func<CancellationToken, Task> run, Func<Timestamp, IReadOnlyList<SymbolStatus>> read, ConnectionHub connections, (Func<long> Messages, IReadOnlyList<IDisposable> Owned) parts)
    : IDisposable
{
    public VenueId Venue { get; } = venue;

    public ConnectionHub Connections { get; } = connections;

    public long Messages => parts.Messages();

    public Task RunAsync(CancellationToken stop) => run(stop);

    public IReadOnlyList<SymbolStatus> Read(Timestamp now) => read(now);

    public void Dispose()
    {
        foreach (IDisposable owned in parts.Owned)
        {
            owned.Dispose();
        }
    }
}
