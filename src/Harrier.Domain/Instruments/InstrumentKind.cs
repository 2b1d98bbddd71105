namespace Harrier.Domain;

/// <summary>How a fill of the instrument is settled.</summary>
public enum InstrumentKind : byte
{
    /// <summary>Base and quote asset change hands; a sale can only give what is held.</summary>
    Spot = 0,

    /// <summary>Linear perpetual contract: margin and profit in the settlement asset, funding, liquidation.</summary>
    LinearPerpetual = 1,
}
