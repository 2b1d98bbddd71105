using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Uphold;

/// <summary>A card: a part of what an account holds of an asset.</summary>
internal sealed class BrokerCard(string id, string label, BrokerAsset asset, ExchangeAccount owner)
{
    public string Id { get; } = id;

    public string Label { get; } = label;

    public BrokerAsset Asset { get; } = asset;

    public ExchangeAccount Owner { get; } = owner;

    public decimal Balance { get; set; }

    public Timestamp? LastTransaction { get; set; }
}

/// <summary>
/// The cards of all accounts. The exchange's core keeps what an account holds of an asset, cards divide it: their sum is the core's figure at every moment.
/// All calls inside the gate.
/// </summary>
internal sealed class BrokerCards(ExchangeCore core, long seed)
{
    private readonly Dictionary<string, List<BrokerCard>> _byAccount = new(StringComparer.Ordinal);

    /// <summary>An account's cards, oldest first; the first look makes one for each asset it holds.</summary>
    public List<BrokerCard> Of(ExchangeAccount account)
    {
        if (!_byAccount.TryGetValue(account.Name, out List<BrokerCard>? cards))
        {
            cards = [];
            _byAccount.Add(account.Name, cards);
            foreach (AssetBalance balance in account.Balances)
            {
                Make(account, BrokerAsset.Of(balance.Asset), $"{balance.Asset} card").Balance = balance.Free;
            }
        }

        return cards;
    }

    /// <summary>A card of an account; null where it has no such card.</summary>
    public BrokerCard? Find(ExchangeAccount account, string id) => Of(account).Find(card => card.Id == id);

    /// <summary>Makes an empty card.</summary>
    public BrokerCard Make(ExchangeAccount account, BrokerAsset asset, string label)
    {
        List<BrokerCard> cards = Of(account);
        BrokerCard card = new(UuidMint.Mint(seed, account.Name, "card", cards.Count), label, asset, account);
        cards.Add(card);
        return card;
    }

    /// <summary>Follows a deposit or withdrawal that the core has booked.</summary>
    public void OnTransfer(ExchangeAccount account, string asset, decimal amount)
    {
        if (!_byAccount.ContainsKey(account.Name))
        {
            // The cards will be made from what the core has by then.
            return;
        }

        decimal left = amount;
        foreach (BrokerCard card in Of(account).Where(c => c.Asset.Code == asset))
        {
            decimal part = Math.Max(left, -card.Balance);
            card.Balance += part;
            left -= part;
        }

        if (left != 0)
        {
            Make(account, BrokerAsset.Of(asset), $"{asset} card").Balance += left;
        }
    }

    /// <summary>Whether an amount can be taken from or put on a card, and the same in the books of account and venue, without losing a digit.</summary>
    public bool CanMove(BrokerCard card, decimal amount) =>
        ExactDecimal.TryAdd(card.Balance, amount, out _)
        && ExactDecimal.TryAdd(card.Owner.Free(card.Asset.Code), amount, out _)
        && ExactDecimal.TryAdd(core.Venue.Clearing.Free(card.Asset.Code), -amount, out _);

    /// <summary>Puts an amount on a card, or takes it where negative; the venue has the other side.</summary>
    public void Move(BrokerCard card, decimal amount, Timestamp now)
    {
        card.Balance += amount;
        card.LastTransaction = now;
        core.Move(core.Venue.Clearing, card.Owner, card.Asset.Code, amount);
    }
}
