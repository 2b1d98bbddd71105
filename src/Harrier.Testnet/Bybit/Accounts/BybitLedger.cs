using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Accounts;

/// <summary>One change of a wallet.</summary>
/// <param name="Type">The venue's word: TRADE, SETTLEMENT (funding), TRANSFER_IN, TRANSFER_OUT, LIQUIDATION.</param>
/// <param name="Coin">Of which coin.</param>
/// <param name="Change">By how much, fee included.</param>
/// <param name="After">What the wallet has then.</param>
/// <param name="Time">When.</param>
internal sealed record BybitLedgerEntry(string Type, string Coin, decimal Change, decimal After, Timestamp Time)
{
    /// <value>Its number.</value>
    public long Number { get; init; }

    /// <value>Category that it came from; empty for transfers.</value>
    public string Category { get; init; } = "";

    /// <value>Instrument that it came from; empty for none.</value>
    public string Symbol { get; init; } = "";

    /// <value>The funding that it was; null for anything else.</value>
    public BybitFunding? Funding { get; init; }

    /// <value>The fill that it came from; null for none.</value>
    public ExchangeFill? Fill { get; init; }
}

/// <summary>What moved the wallets, newest entries only. Every member is called inside the exchange's gate.</summary>
internal sealed class BybitLedger
{
    private const int EntriesPerAccount = 5000;

    private readonly Dictionary<string, Queue<BybitLedgerEntry>> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Account, string Coin), decimal> _wallets = [];
    private long _lastNumber;

    /// <summary>Entries of an account, newest first.</summary>
    public IEnumerable<BybitLedgerEntry> Of(string account) => (_entries.GetValueOrDefault(account) ?? []).Reverse();

    /// <summary>Hears one market.</summary>
    public IExchangeListener Hear(BybitMarket market) => new Ear(this, market);

    private void Add(ExchangeAccount account, BybitLedgerEntry entry)
    {
        if (!_entries.TryGetValue(account.Name, out Queue<BybitLedgerEntry>? entries))
        {
            _entries.Add(account.Name, entries = new Queue<BybitLedgerEntry>());
        }

        entries.Enqueue(entry with { Number = ++_lastNumber });
        if (entries.Count > EntriesPerAccount)
        {
            _ = entries.Dequeue();
        }
    }

    /// <summary>Changes what is known of a wallet, and tells it.</summary>
    private decimal Move(ExchangeAccount account, string coin, decimal change)
    {
        decimal after = _wallets.GetValueOrDefault((account.Name, coin)) + change;
        _wallets[(account.Name, coin)] = after;
        return after;
    }

    private sealed class Ear(BybitLedger ledger, BybitMarket market) : IExchangeListener
    {
        public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
        {
            if (fill is null)
            {
                return;
            }

            ListedInstrument instrument = order.Instrument;
            if (!market.IsSpot)
            {
                Book(fill, instrument.Quote, fill.RealizedPnl - fill.Fee);
                return;
            }

            int sign = order.Terms.IsSell ? -1 : 1;
            Book(fill, instrument.Base, (sign * fill.Quantity) - (fill.FeeAsset == instrument.Base ? fill.Fee : 0));
            Book(fill, instrument.Quote, (-sign * fill.QuoteQuantity) - (fill.FeeAsset == instrument.Quote ? fill.Fee : 0));
        }

        public void OnRestored(ExchangeAccount account)
        {
            foreach (AssetBalance balance in account.Balances)
            {
                ledger._wallets[(account.Name, balance.Asset)] = balance.Free + balance.Locked;
            }
        }

        // Fills have told what they moved: what is left over is funding, a transfer, or what the insurance paid.
        public void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position)
        {
            if (cause == BalanceCauses.Funding && position is not null)
            {
                BookFunding(account, position);
                return;
            }

            foreach (AssetBalance balance in changed)
            {
                decimal change = balance.Free + balance.Locked - ledger._wallets.GetValueOrDefault((account.Name, balance.Asset));
                if (change == 0)
                {
                    continue;
                }

                decimal after = ledger.Move(account, balance.Asset, change);
                string type = cause switch
                {
                    BalanceCauses.Insurance or BalanceCauses.Settlement => "LIQUIDATION",
                    _ => change > 0 ? "TRANSFER_IN" : "TRANSFER_OUT",
                };
                ledger.Add(account, new BybitLedgerEntry(type, balance.Asset, change, after, market.Core.Now)
                {
                    Symbol = position?.Instrument.Symbol ?? "",
                });
            }
        }

        // Each position is told by itself, with the balance after all of them.
        private void BookFunding(ExchangeAccount account, ExchangePosition position)
        {
            BybitFunding funding = BybitFunding.Of(market, position);
            decimal after = ledger.Move(account, position.Instrument.Quote, -funding.Paid);
            ledger.Add(account, new BybitLedgerEntry("SETTLEMENT", position.Instrument.Quote, -funding.Paid, after, funding.Time)
            {
                Category = market.Category,
                Symbol = position.Instrument.Symbol,
                Funding = funding,
            });
        }

        private void Book(ExchangeFill fill, string coin, decimal change)
        {
            ExchangeOrder order = fill.Order;
            decimal after = ledger.Move(order.Account, coin, change);
            ledger.Add(order.Account, new BybitLedgerEntry(order.IsLiquidation ? "LIQUIDATION" : "TRADE", coin, change, after, fill.Time)
            {
                Category = market.Category,
                Symbol = order.Instrument.Symbol,
                Fill = fill,
            });
        }
    }
}
