using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>
/// Reads the market messages of Binance's spot and USD-M streams, raw or combined, and hands on what they say. It never throws because of a
/// message: what cannot be used is counted and told. One decoder belongs to one thread.
/// </summary>
public sealed class MarketDecoder : IMarketDecoder
{
    /// <summary>Longest message, 8 MB: the arrays of all tickers of a market stay below 2 MB.</summary>
    public const int MaxFrameBytes = 8 * 1024 * 1024;

    private readonly IMarketReceiver _receiver;
    private readonly HotMessages? _hot;
    private readonly CarefulMessages _careful;

    /// <summary>Makes a decoder.</summary>
    /// <param name="symbols">Which symbols are read.</param>
    /// <param name="receiver">Takes what the messages say.</param>
    /// <param name="isCareful">True to read every message the slow way; only good for comparing the two.</param>
    public MarketDecoder(SymbolDirectory symbols, IMarketReceiver receiver, bool isCareful = false)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        ArgumentNullException.ThrowIfNull(receiver);
        _receiver = receiver;
        _hot = isCareful ? null : new HotMessages(symbols, receiver);
        _careful = new CarefulMessages(symbols, receiver, Statistics);
    }

    /// <summary>What was read so far.</summary>
    public DecoderStatistics Statistics { get; } = new();

    /// <summary>Reads one message.</summary>
    /// <param name="frame">The message in UTF-8.</param>
    /// <param name="received">When it reached us.</param>
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

        DecodeCarefully(frame, received);
    }

    private void DecodeCarefully(ReadOnlySpan<byte> frame, Timestamp received)
    {
        try
        {
            // The whole message is checked before any of it is believed.
            Utf8JsonReader reader = new(frame);
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            Statistics.Malformed++;
            _receiver.OnFault(MarketFault.Malformed, null);
            return;
        }

        _careful.Decode(frame, received);
    }
}
