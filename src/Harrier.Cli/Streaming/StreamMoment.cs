using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;

namespace Harrier.Cli.Streaming;

/// <summary>A stream at one moment.</summary>
/// <param name="Time">When.</param>
/// <param name="Started">When it began.</param>
/// <param name="Symbols">Every symbol.</param>
/// <param name="Connections">Every connection.</param>
internal sealed record StreamMoment(Timestamp Time, Timestamp Started, IReadOnlyList<SymbolStatus> Symbols, IReadOnlyDictionary<string, ConnectionStatus> Connections)
{
    /// <value>Whose data.</value>
    public required VenueId Venue { get; init; }

    /// <value>True when the statistics are due.</value>
    public bool HasStatistics { get; init; }

    /// <value>True for the last moment.</value>
    public bool IsEnd { get; init; }

    /// <value>Messages of all symbols.</value>
    public long TotalMessages => Symbols.Sum(symbol => symbol.Messages);

    /// <value>Messages that could not be used, lost connections and failed attempts.</value>
    public long Errors => Symbols.Sum(symbol => symbol.Faults) + Connections.Values.Sum(connection => connection.ErrorCount);
}

/// <summary>Shows a stream.</summary>
internal interface IStreamView : IDisposable
{
    /// <summary>Shows a moment.</summary>
    void Show(StreamMoment moment);

    /// <summary>Shows that something went wrong.</summary>
    void Warn(string line);
}
