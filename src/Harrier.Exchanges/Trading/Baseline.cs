using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Exchanges.Trading;

/// <summary>Where the book of an account begins.</summary>
public static class Baseline
{
    /// <summary>The facts that take over a whole picture of an account of which nothing was known.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="now">When, by our clock.</param>
    public static IReadOnlyList<AccountFact> Of(AccountPicture picture, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Timestamp asOf = picture.AskedAtVenue;
        List<AccountFact> facts = [new BaselineTaken(now, asOf)];
        facts.AddRange(picture.Balances.Select(b => new BalanceStated(
            now, VenueTradeId.Derive($"baseline {b.Asset} {asOf.Nanos}"), b with { Changed = now }, asOf, 0)));
        facts.AddRange(picture.Positions.Select(p => new PositionStated(
            now, VenueTradeId.Derive($"baseline {p.Key} {asOf.Nanos}"), p with { Changed = now }, asOf, 0)));
        return facts;
    }

    /// <summary>What a symbol trades that no instrument of the engine explains.</summary>
    /// <param name="symbol">The venue's symbol.</param>
    /// <param name="kind">How the venue settles.</param>
    public static SymbolTerms TermsOf(string symbol, InstrumentKind kind) =>
        SymbolText.TryParse(symbol, out Asset baseAsset, out Asset quote) ? new SymbolTerms(kind, baseAsset, quote) : new SymbolTerms(kind, default, default);
}
