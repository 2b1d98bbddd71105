using Harrier.Domain;
using Harrier.Exchanges.Symbols;

namespace Harrier.Exchanges.Conversions;

/// <summary>The symbol that joins two assets, and the side of an order that gives one for the other.</summary>
/// <param name="Rules">The symbol's rules.</param>
/// <param name="Side">Sell where its base is given, buy where its base is wanted.</param>
internal sealed record SpotJoint(SymbolRules Rules, OrderSide Side)
{
    public string Symbol => Rules.Definition.Symbol;

    public Asset Base => Rules.Definition.Base;

    public Asset Quote => Rules.Definition.Quote;

    public bool IsSale => Side == OrderSide.Sell;
}
