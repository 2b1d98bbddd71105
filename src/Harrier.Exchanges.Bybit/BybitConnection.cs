using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit;

/// <summary>How a market of the venue is reached.</summary>
/// <param name="Rest">The caller of REST.</param>
/// <param name="Signer">Signs; null when only public calls are made.</param>
/// <param name="Symbols">The market's symbols.</param>
/// <param name="Clock">The venue's clock.</param>
public sealed record BybitConnection(RestClient Rest, BybitSigner? Signer, BybitSymbols Symbols, ServerClock Clock)
{
    /// <summary>Counts what is unknown.</summary>
    public WireCensus Census { get; init; } = new();
}
