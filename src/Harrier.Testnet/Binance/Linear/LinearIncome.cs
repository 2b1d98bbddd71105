using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>One change of a wallet.</summary>
/// <param name="Type">The venue's word: COMMISSION, REALIZED_PNL, FUNDING_FEE, TRANSFER, INSURANCE_CLEAR.</param>
/// <param name="Asset">Of which asset.</param>
/// <param name="Amount">By how much; negative was paid.</param>
/// <param name="Time">When.</param>
internal sealed record IncomeEntry(string Type, string Asset, decimal Amount, Timestamp Time)
{
    /// <value>Contract that it came from; empty for none.</value>
    public string Symbol { get; init; } = "";

    /// <value>Trade that it came from; 0 for none.</value>
    public long TradeId { get; init; }

    /// <value>Its number.</value>
    public long Id { get; init; }

    /// <summary>As the request for income lists it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("symbol"u8, Symbol);
        json.WriteString("incomeType"u8, Type);
        json.WriteMoney("income"u8, Amount);
        json.WriteString("asset"u8, Asset);
        json.WriteString("info"u8, Type);
        json.WriteNumber("time"u8, Time.UnixMilliseconds);
        json.WriteNumber("tranId"u8, Id);
        json.WriteString("tradeId"u8, TradeId == 0 ? "" : TradeId.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}

/// <summary>What accounts earned and paid, newest entries only. Every member is called inside the exchange's gate.</summary>
/// <param name="core">The exchange.</param>
internal sealed class LinearIncome(ExchangeCore core) : IExchangeListener
{
    private const int EntriesPerAccount = 5000;

    private readonly Dictionary<int, Queue<IncomeEntry>> _entries = [];
    private readonly Dictionary<(int Account, string Asset), decimal> _wallets = [];
    private readonly Dictionary<(int Account, string Asset), Timestamp> _updated = [];
    private readonly Timestamp _started = core.Now;
    private long _lastId;

    /// <summary>Entries of an account, oldest first.</summary>
    public IEnumerable<IncomeEntry> Of(ExchangeAccount account) => _entries.GetValueOrDefault(account.Id) ?? [];

    /// <summary>When a wallet changed last, in milliseconds; 0 for one that was never used, which clients take to mean just that.</summary>
    public long UpdatedMilliseconds(ExchangeAccount account, string asset) =>
        _updated.TryGetValue((account.Id, asset), out Timestamp time) ? time.UnixMilliseconds
        : account.Margin(asset).Wallet != 0 ? _started.UnixMilliseconds : 0;

    /// <inheritdoc/>
    public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
        if (fill is null)
        {
            return;
        }

        if (fill.RealizedPnl != 0)
        {
            Add(order.Account, new IncomeEntry("REALIZED_PNL", order.Instrument.Quote, fill.RealizedPnl, fill.Time) { Symbol = order.Instrument.Symbol, TradeId = fill.TradeId });
        }

        if (fill.Fee != 0)
        {
            Add(order.Account, new IncomeEntry("COMMISSION", fill.FeeAsset, -fill.Fee, fill.Time) { Symbol = order.Instrument.Symbol, TradeId = fill.TradeId });
        }
    }

    /// <inheritdoc/>
    public void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position)
    {
        foreach (AssetBalance balance in changed)
        {
            decimal wallet = balance.Free + balance.Locked;
            decimal change = wallet - _wallets.GetValueOrDefault((account.Id, balance.Asset));
            _wallets[(account.Id, balance.Asset)] = wallet;
            _updated[(account.Id, balance.Asset)] = core.Now;
            if (change != 0 && cause != BalanceCauses.Order)
            {
                string type = cause is BalanceCauses.Deposit or BalanceCauses.Withdraw ? "TRANSFER" : cause;
                Add(account, new IncomeEntry(type, balance.Asset, change, core.Now) { Symbol = position?.Instrument.Symbol ?? "" });
            }
        }
    }

    /// <inheritdoc/>
    public void OnRestored(ExchangeAccount account)
    {
        foreach (AssetBalance balance in account.Balances)
        {
            _wallets[(account.Id, balance.Asset)] = balance.Free + balance.Locked;
        }
    }

    private void Add(ExchangeAccount account, IncomeEntry entry)
    {
        if (!_entries.TryGetValue(account.Id, out Queue<IncomeEntry>? entries))
        {
            _entries.Add(account.Id, entries = new Queue<IncomeEntry>());
        }

        entries.Enqueue(entry with { Id = ++_lastId });
        if (entries.Count > EntriesPerAccount)
        {
            _ = entries.Dequeue();
        }
    }
}
