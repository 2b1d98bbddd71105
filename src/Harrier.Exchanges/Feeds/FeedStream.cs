using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Feeds;

/// <summary>A kind of stream of a venue.</summary>
/// <param name="Channel">What it carries.</param>
/// <param name="NameOf">Its name for a symbol.</param>
/// <param name="Root">Path of the connection that carries it.</param>
/// <param name="ExpectedEvery">Time in which a message normally comes; null where silence is normal.</param>
public sealed record FeedStream(FeedChannels Channel, Func<string, string> NameOf, string Root, TimeSpan? ExpectedEvery)
{
    /// <summary>The topic of a symbol.</summary>
    public Topic TopicOf(string symbol) => new(NameOf(symbol), ExpectedEvery);
}
