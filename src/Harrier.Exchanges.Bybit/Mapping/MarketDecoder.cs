using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>
/// Reads the messages of the public streams, with their envelope, and hands on what they say. It never throws because of a message: what cannot
/// be used is counted and told. One decoder belongs to one thread.
/// </summary>
public sealed class MarketDecoder : IMarketDecoder
{
    /// <summary>Longest message, 8 MB: books of 1000 levels stay below 100 kB.</summary>
    public const int MaxFrameBytes = 8 * 1024 * 1024;

    private readonly IMarketReceiver _receiver;
    private readonly HotFrames? _hot;
    private readonly CarefulFrames _careful;

    /// <summary>Makes a decoder.</summary>
    /// <param name="symbols">Which symbols are read.</param>
    /// <param name="receiver">Takes what the messages say.</param>
    /// <param name="isCareful">True to read every message the slow way; only good for comparing the two.</param>
    public MarketDecoder(SymbolDirectory symbols, IMarketReceiver receiver, bool isCareful = false)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(receiver);
        _receiver = receiver;
        BookMessages books = new(receiver);
        _hot = isCareful ? null : new HotFrames(symbols, books, receiver, Statistics);
        _careful = new CarefulFrames(symbols, books, receiver, Statistics);
    }

    /// <inheritdoc/>
    public DecoderStatistics Statistics { get; } = new();

    /// <inheritdoc/>
    public void Decode(ReadOnlySpan<byte> frame, Timestamp received)
    {
        Statistics.Frames++;
        if (frame.Length > MaxFrameBytes)
        {
            Statistics.Malformed++;
            _receiver.OnFault(MarketFault.Oversized, null);
            return;
        }

        if (_hot is not null && _hot.TryDecode(frame, received))
        {
            Statistics.Quick++;
            return;
        }

        try
        {
            _careful.Decode(frame, received);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException or InvalidOperationException)
        {
            Statistics.Malformed++;
            _receiver.OnFault(MarketFault.Malformed, null);
        }
    }
}
