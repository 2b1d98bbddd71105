namespace Harrier.Testnet.Core;

/// <summary>
/// Hears everything the core does, inside <see cref="ExchangeCore.Gate"/> and in order: be quick and never call back into the core. House
/// accounts raise no order and balance events. Every member does nothing unless implemented.
/// </summary>
public interface IExchangeListener
{
    /// <summary>A public trade.</summary>
    void OnTrade(ListedInstrument instrument, PublicTrade trade)
    {
    }

    /// <summary>The book's changes since the last cut; raised by <see cref="ExchangeCore.Advance"/>.</summary>
    void OnDepth(ListedInstrument instrument, in DepthChange change)
    {
    }

    /// <summary>The best prices or their sizes changed; raised once per command.</summary>
    void OnTop(ListedInstrument instrument, long updateId, in TopOfBook top)
    {
    }

    /// <summary>Something happened to an order.</summary>
    /// <param name="order">The order, already in its new state.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="fill">The fill of a trade.</param>
    /// <param name="reason">Why the exchange ended or refused it; see <see cref="ExpiryReasons"/>.</param>
    void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
    }

    /// <summary>Balances changed, and for linear markets perhaps a position.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="changed">The new balances of the assets that changed; valid during the call only.</param>
    /// <param name="cause">See <see cref="BalanceCauses"/>.</param>
    /// <param name="position">The position that changed, also when it is closed now.</param>
    void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position)
    {
    }

    /// <summary>An order began to work: it is matched next. Its owner is told by other events.</summary>
    void OnWorking(ExchangeOrder order)
    {
    }

    /// <summary>Leverage, margin mode or the margin of a position changed, by its owner's wish.</summary>
    void OnSettings(ExchangeAccount account)
    {
    }

    /// <summary>An account stands where an earlier process left it: wallet, positions, orders and fills. Nothing of it has just happened.</summary>
    void OnRestored(ExchangeAccount account)
    {
    }

    /// <summary>Mark price, index price, funding rate or the next funding time changed.</summary>
    void OnMark(ListedInstrument instrument)
    {
    }

    /// <summary>Status, tick or filters of an instrument changed.</summary>
    void OnListing(ListedInstrument instrument)
    {
    }
}

/// <summary>Why balances changed.</summary>
public static class BalanceCauses
{
    /// <summary>Orders and fills.</summary>
    public const string Order = "ORDER";

    /// <summary>Money came in.</summary>
    public const string Deposit = "DEPOSIT";

    /// <summary>Money went out.</summary>
    public const string Withdraw = "WITHDRAW";

    /// <summary>Funding of a linear contract.</summary>
    public const string Funding = "FUNDING_FEE";

    /// <summary>The insurance account paid for a loss beyond the margin.</summary>
    public const string Insurance = "INSURANCE_CLEAR";

    /// <summary>A position was settled at a delisting.</summary>
    public const string Settlement = "ADJUSTMENT";
}

/// <summary>Why the exchange ended an order.</summary>
public static class ExpiryReasons
{
    /// <summary>Rest of an immediate-or-cancel order.</summary>
    public const string ImmediateRest = "UNFILLED_IOC_QUANTITY_EXPIRED";

    /// <summary>All or nothing, and not all was offered.</summary>
    public const string AllOrNothing = "UNFILLED_FOK_ORDER_EXPIRED";

    /// <summary>A market order found nothing or too little.</summary>
    public const string NoLiquidity = "INSUFFICIENT_LIQUIDITY";

    /// <summary>Self-trade prevention.</summary>
    public const string SelfTrade = "SELF_TRADE_PREVENTION";

    /// <summary>A reduce-only order without a position left to reduce.</summary>
    public const string NothingToReduce = "REDUCE_ONLY";

    /// <summary>The time of a GTD order came.</summary>
    public const string TimeReached = "GOOD_TILL_DATE";

    /// <summary>The countdown of the owner ran out.</summary>
    public const string Countdown = "COUNTDOWN";

    /// <summary>The exchange ended it: delisting, liquidation.</summary>
    public const string Exchange = "EXCHANGE_CANCELED";

    /// <summary>Post-only at its trigger, and would have taken.</summary>
    public const string WouldTake = "WOULD_MATCH_IMMEDIATELY";
}
