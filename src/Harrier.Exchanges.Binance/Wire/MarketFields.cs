namespace Harrier.Exchanges.Binance.Wire;

/// <summary>
/// The properties of each market message: those that are read, and those left out on purpose. What is in neither list is counted. From
/// Binance's documentation of its spot and USD-M streams, and from recorded messages of 2019 to 2024.
/// </summary>
internal static class MarketFields
{
    /// <summary>Code of <c>pu</c>: final id of the update before.</summary>
    public const int PreviousId = 1;

    /// <summary>Code of <c>st</c>: 1 for USD-M, 2 for COIN-M.</summary>
    public const int ContractType = 2;

    /// <summary>Code of <c>ps</c>: the pair of a contract.</summary>
    public const int Pair = 3;

    /// <summary>Code of <c>ap</c>: average of the mark price.</summary>
    public const int AverageMark = 4;

    /// <summary>Left out everywhere: the contract's family and pair follow from the connection and the symbol.</summary>
    private static readonly UInt128 Always = Codes("e") | Bit(ContractType) | Bit(Pair);

    /// <summary>depthUpdate.</summary>
    public static readonly UInt128 Depth = Always | Codes("EsUubaT") | Bit(PreviousId);

    /// <summary>trade. Left out: E (T is the time of the trade), M (no meaning), a and b (order ids, gone since 2024).</summary>
    public static readonly UInt128 Trade = Always | Codes("stpqTmX" + "EMab");

    /// <summary>aggTrade. Left out: E, M, and f, l, the trades it joins; nq, the size without retail price improvement, is counted.</summary>
    public static readonly UInt128 AggregateTrade = Always | Codes("sapqTm" + "EMfl");

    /// <summary>bookTicker.</summary>
    public static readonly UInt128 Top = Always | Codes("usbBaAET");

    /// <summary>kline: the envelope.</summary>
    public static readonly UInt128 KlineEvent = Always | Codes("Esk");

    /// <summary>kline: k. Left out: T (t and the interval say it), s (in the envelope), f and L (trade ids), Q (quote volume of takers), B (no meaning).</summary>
    public static readonly UInt128 Kline = Codes("tiochlvnxqV" + "TsfLQB");

    /// <summary>24hrTicker. Left out: p (c and o say it), x, O, C, F, L.</summary>
    public static readonly UInt128 Ticker = Always | Codes("EsPwcQbBaAohlvqn" + "pxOCFL");

    /// <summary>24hrMiniTicker.</summary>
    public static readonly UInt128 MiniTicker = Always | Codes("Escohlvq");

    /// <summary>markPriceUpdate. Left out: P (settlement estimate, of use only at delivery), ap.</summary>
    public static readonly UInt128 MarkPrice = Always | Codes("EspirT" + "P") | Bit(AverageMark);

    /// <summary>forceOrder: the envelope.</summary>
    public static readonly UInt128 LiquidationEvent = Always | Codes("Eo");

    /// <summary>forceOrder: o. Left out: o and f (always LIMIT and IOC), X (status; the filled size says more), l (size of the last fill).</summary>
    public static readonly UInt128 Liquidation = Codes("sSqpzT" + "ofXl") | Bit(AverageMark) | Bit(ContractType) | Bit(Pair);

    private static UInt128 Codes(string letters)
    {
        UInt128 codes = 0;
        foreach (char letter in letters)
        {
            codes |= Bit(letter);
        }

        return codes;
    }

    private static UInt128 Bit(int code) => UInt128.One << code;
}
