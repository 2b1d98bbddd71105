using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Uphold;

/// <summary>What a quote is asked for.</summary>
/// <param name="Origin">The card that pays.</param>
/// <param name="Destination">The card that receives.</param>
/// <param name="Amount">The amount asked for.</param>
/// <param name="Asset">Its asset.</param>
internal sealed record QuoteWish(BrokerCard Origin, BrokerCard Destination, decimal Amount, BrokerAsset Asset)
{
    public string? Reference { get; init; }

    public string? Message { get; init; }
}

/// <summary>A transaction, or why there is none.</summary>
internal readonly record struct DeskAnswer(BrokerTransaction? Transaction, BrokerRefusal? Refusal);

/// <summary>Quotes and what becomes of them. All calls inside the gate of the core.</summary>
internal sealed class BrokerDesk(ExchangeCore core, BrokerCards cards, BrokerPrices prices, (UpholdRules Rules, long Seed) terms) : IExchangeListener
{
    private const int MostTransactions = 100_000;

    private readonly Dictionary<string, BrokerTransaction> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<BrokerTransaction>> _committed = new(StringComparer.Ordinal);
    private readonly Queue<BrokerTransaction> _byAge = new();
    private readonly Queue<BrokerTransaction> _settling = new();
    private long _last;

    /// <summary>Numbers of an earlier process are not given again: the books of its clients know them.</summary>
    public void OnRestored(ExchangeAccount account) => _last = Math.Max(_last, core.Now.UnixMilliseconds);

    /// <summary>Makes a quote at the prices of this moment.</summary>
    public DeskAnswer Quote(QuoteWish wish)
    {
        (BrokerAsset from, BrokerAsset to) = (wish.Origin.Asset, wish.Destination.Asset);
        if (prices.Of(from, to) is not { Bid: > 0 } price || prices.Of(wish.Asset, from) is not { } denominated)
        {
            return Refused(BrokerRefusal.Invalid("denomination.currency", "invalid_currency", "This currency can not be converted at the moment"));
        }

        bool fixesDestination = wish.Asset == to && from != to;
        decimal percent = from == to ? 0 : terms.Rules.Margin / 100;
        decimal rate = from == to ? 1 : decimal.Round(1 / price.Bid, BrokerPrices.Decimals);
        decimal originBase = wish.Asset == from ? wish.Amount
            : fixesDestination ? Up(wish.Amount / price.Bid, from)
            : Up(wish.Amount * denominated.Ask, from);
        decimal destinationBase = fixesDestination ? wish.Amount : Down(originBase * price.Bid, to);
        decimal originCommission = fixesDestination ? Up(originBase * percent, from) : 0;
        decimal destinationCommission = fixesDestination ? 0 : Up(destinationBase * percent, to);
        BrokerLeg origin = new(wish.Origin, originBase + originCommission, originBase, originCommission, rate);
        BrokerLeg destination = new(wish.Destination, destinationBase - destinationCommission, destinationBase, destinationCommission, price.Bid);
        if (origin.Amount <= 0 || destination.Amount <= 0)
        {
            return Refused(BrokerRefusal.Invalid("denomination.amount", "greater_than", "The amount is too small"));
        }

        if (origin.Amount > wish.Origin.Balance)
        {
            return Refused(BrokerRefusal.Insufficient);
        }

        BrokerTransaction quote = new()
        {
            Id = UuidMint.Mint(terms.Seed, wish.Origin.Owner.Name, "transaction", ++_last),
            Number = _last,
            Owner = wish.Origin.Owner,
            Denomination = new BrokerDenomination(wish.Amount, wish.Asset, wish.Asset == from ? 1 : denominated.Ask),
            Origin = origin,
            Destination = destination,
            Created = core.Now,
            Life = terms.Rules.QuoteLife,
            Reference = wish.Reference,
            Message = wish.Message,
        };
        Remember(quote);
        return new DeskAnswer(quote, null);
    }

    /// <summary>Carries a quote out, at its own price whatever the market does.</summary>
    public DeskAnswer Commit(BrokerTransaction quote)
    {
        quote.CommitCalls++;
        Timestamp now = core.Now;
        if (quote.IsCommitted)
        {
            return Refused(BrokerRefusal.Conflict);
        }

        if (quote.Status != BrokerStatus.Pending || quote.HasLapsed(now))
        {
            return Refused(BrokerRefusal.NotFound);
        }

        BrokerLeg origin = quote.Origin;
        BrokerLeg destination = quote.Destination;
        if (origin.Amount > origin.Card.Balance)
        {
            return Refused(BrokerRefusal.Insufficient);
        }

        if (!cards.CanMove(origin.Card, -origin.Amount) || !cards.CanMove(destination.Card, destination.Amount))
        {
            return Refused(BrokerRefusal.Invalid("denomination.amount", "less_than_or_equal_to", "The amount is too large to be kept exactly"));
        }

        cards.Move(origin.Card, -origin.Amount, now);
        cards.Move(destination.Card, destination.Amount, now);
        quote.Committed = now;
        quote.Status = terms.Rules.SettleTime > TimeSpan.Zero ? BrokerStatus.Processing : BrokerStatus.Completed;
        Committed(quote.Owner).Add(quote);
        if (!quote.Status.Equals(BrokerStatus.Completed, StringComparison.Ordinal))
        {
            _settling.Enqueue(quote);
        }

        return new DeskAnswer(quote, null);
    }

    /// <summary>Calls a quote off.</summary>
    public DeskAnswer Cancel(BrokerTransaction quote)
    {
        if (quote.IsCommitted)
        {
            return Refused(BrokerRefusal.Conflict);
        }

        if (quote.Status != BrokerStatus.Pending || quote.HasLapsed(core.Now))
        {
            return Refused(BrokerRefusal.NotFound);
        }

        quote.Status = BrokerStatus.Canceled;
        return new DeskAnswer(quote, null);
    }

    /// <summary>A transaction of an account; null where it has none of this id, or it was a quote that lapsed.</summary>
    public BrokerTransaction? Find(ExchangeAccount account, string id) =>
        _byId.TryGetValue(id, out BrokerTransaction? found) && found.Owner == account ? found : null;

    /// <summary>The committed transactions of an account, oldest first.</summary>
    public List<BrokerTransaction> Committed(ExchangeAccount account)
    {
        if (!_committed.TryGetValue(account.Name, out List<BrokerTransaction>? list))
        {
            list = [];
            _committed.Add(account.Name, list);
        }

        return list;
    }

    /// <summary>All transactions that are remembered of an account, quotes included, oldest first.</summary>
    public IEnumerable<BrokerTransaction> All(ExchangeAccount account) => _byAge.Where(t => t.Owner == account);

    /// <summary>Completes what had its time.</summary>
    public void Tick()
    {
        while (_settling.TryPeek(out BrokerTransaction? oldest) && oldest.Committed + terms.Rules.SettleTime <= core.Now)
        {
            _settling.Dequeue().Status = BrokerStatus.Completed;
        }
    }

    private static DeskAnswer Refused(BrokerRefusal refusal) => new(null, refusal);

    private static decimal Up(decimal amount, BrokerAsset asset) => decimal.Round(amount, asset.Precision, MidpointRounding.ToPositiveInfinity);

    private static decimal Down(decimal amount, BrokerAsset asset) => decimal.Round(amount, asset.Precision, MidpointRounding.ToZero);

    private void Remember(BrokerTransaction quote)
    {
        _byId.Add(quote.Id, quote);
        _byAge.Enqueue(quote);
        if (_byAge.Count > MostTransactions)
        {
            BrokerTransaction oldest = _byAge.Dequeue();
            _byId.Remove(oldest.Id);
            _ = Committed(oldest.Owner).Remove(oldest);
        }
    }
}
