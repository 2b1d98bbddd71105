namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>Tells streams of the book apart by their names.</summary>
internal static class DepthStream
{
    /// <summary>True for <c>btcusdt@depth20@100ms</c>: the best levels again and again, not changes.</summary>
    public static bool IsPartial(ReadOnlySpan<byte> stream)
    {
        int at = stream.IndexOf("@depth"u8) + "@depth".Length;
        return at >= "@depth".Length && at < stream.Length && char.IsAsciiDigit((char)stream[at]);
    }
}
