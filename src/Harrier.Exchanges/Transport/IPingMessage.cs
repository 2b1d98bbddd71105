namespace Harrier.Exchanges.Transport;

/// <summary>How a venue is pinged whose pings are messages and not frames of the protocol. Called by one task at a time.</summary>
public interface IPingMessage
{
    /// <summary>The text of a ping in UTF-8.</summary>
    /// <param name="number">Counts the pings of a session from 1.</param>
    ReadOnlyMemory<byte> Write(long number);

    /// <summary>True for the answer to a ping; asked only while one is awaited.</summary>
    bool IsPong(ReadOnlySpan<byte> utf8);
}
