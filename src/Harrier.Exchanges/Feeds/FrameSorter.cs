using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Feeds;

/// <summary>Tells which symbol a message of a market's streams is about, by the name of its stream. Belongs to one thread at a time.</summary>
public sealed class FrameSorter
{
    private readonly ISubscriptionDialect _dialect;
    private readonly Dictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _symbols;

    /// <summary>Knows all streams of a market for these instruments.</summary>
    public FrameSorter(VenueStreams venue, IReadOnlyList<Instrument> instruments)
    {
        ArgumentNullException.ThrowIfNull(venue);
        ArgumentNullException.ThrowIfNull(instruments);
        _dialect = venue.Dialect();
        Dictionary<byte[], string> symbols = new(NameComparer.Instance);
        foreach (Instrument instrument in instruments)
        {
            foreach (FeedStream stream in venue.Streams)
            {
                symbols[Encoding.UTF8.GetBytes(stream.NameOf(instrument.Symbol))] = instrument.Symbol;
            }
        }

        _symbols = symbols.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The symbol; null when the message belongs to no stream of one, such as the answer to a request.</summary>
    public string? SymbolOf(ReadOnlySpan<byte> frame)
    {
        FrameRoute route = _dialect.Route(frame);
        return route.Kind == FrameRouteKind.Data && _symbols.TryGetValue(route.Topic, out string? symbol) ? symbol : null;
    }

    private sealed class NameComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static NameComparer Instance { get; } = new();

        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public int GetHashCode(byte[] name) => GetHashCode(name.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = new();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
