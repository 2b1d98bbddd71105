using System.Buffers;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>The letters of keys.</summary>
internal static class AlphaNumeric
{
    /// <summary>Latin letters and digits.</summary>
    public static SearchValues<char> Letters { get; } = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}
