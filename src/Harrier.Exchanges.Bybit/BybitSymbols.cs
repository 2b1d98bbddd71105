using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Symbols;

namespace Harrier.Exchanges.Bybit;

/// <summary>The symbols that instruments-info tells of.</summary>
public sealed class BybitSymbols : VenueSymbols
{
    private readonly BybitMarket _market;

    /// <summary>No symbols yet.</summary>
    /// <param name="market">Which market.</param>
    /// <param name="venue">The venue's id on the instruments; null takes the market's own.</param>
    /// <param name="chosen">Only these symbols, whose ids follow this order; null for all in the venue's order.</param>
    public BybitSymbols(BybitMarket market, VenueId? venue = null, IReadOnlyList<string>? chosen = null)
        : base(venue ?? new VenueId(market.Venue()), chosen) => _market = market;

    /// <summary>Reads an answer to instruments-info that is a whole listing.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public void Load(ReadOnlySpan<byte> instruments)
    {
        AnswerMessage<ListMessage<InstrumentMessage>>? answer = JsonSerializer.Deserialize(instruments, BybitJson.Default.Instruments);
        Apply(answer?.Result?.List ?? throw new JsonException("the answer lists no instruments"));
    }

    internal void Apply(IReadOnlyCollection<InstrumentMessage> listing) => Apply(
        listing.Select(one => SymbolMapping.RulesOf(_market, Venue, one)).OfType<SymbolRules>(),
        listing.Select(one => one.Symbol).ToHashSet(StringComparer.Ordinal));
}
