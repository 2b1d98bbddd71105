using Harrier.Domain;

namespace Harrier.Exchanges.MarketData;

/// <summary>Reads a venue's market messages and hands on what they say. Never throws because of a message. One decoder belongs to one thread.</summary>
public interface IMarketDecoder
{
    /// <summary>What was read so far.</summary>
    DecoderStatistics Statistics { get; }

    /// <summary>Reads one message.</summary>
    /// <param name="frame">What the dialect took for the message of a topic, in UTF-8.</param>
    /// <param name="received">When it reached us.</param>
    void Decode(ReadOnlySpan<byte> frame, Timestamp received);
}
