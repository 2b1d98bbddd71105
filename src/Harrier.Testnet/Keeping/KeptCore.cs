using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Keeping;

/// <summary>Hears one core, and has it written before the command that it is part of goes on.</summary>
/// <param name="name">Of the core.</param>
/// <param name="core">The core.</param>
/// <param name="memory">Who writes.</param>
internal sealed class KeptCore(string name, ExchangeCore core, ExchangeMemory memory) : IExchangeListener
{
    private static readonly TimeSpan MarketEvery = TimeSpan.FromSeconds(10);

    private readonly KeptRecords _records = new();
    private readonly Timestamp[] _marketKept = new Timestamp[core.Listings.Count];

    public string Name { get; } = name;

    public ExchangeCore Core { get; } = core;

    /// <summary>True while a file that is being written anew has this core already.</summary>
    public bool IsCopied { get; set; }

    /// <inheritdoc/>
    public void OnOrder(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill, string? reason)
    {
        _records.Clear();
        _records.Add(Name, order.Instrument, Core.LastOrderId);
        _records.Add(Name, order);
        if (fill is not null)
        {
            _records.Add(Name, fill);
        }

        _records.Add(Name, order.Account);
        memory.Append(this, _records);
    }

    /// <inheritdoc/>
    public void OnWorking(ExchangeOrder order)
    {
        _records.Clear();
        _records.Add(Name, order);
        memory.Append(this, _records);
    }

    /// <inheritdoc/>
    public void OnBalances(ExchangeAccount account, IReadOnlyList<AssetBalance> changed, string cause, ExchangePosition? position) => Keep(account);

    /// <inheritdoc/>
    public void OnSettings(ExchangeAccount account) => Keep(account);

    /// <inheritdoc/>
    public void OnListing(ListedInstrument instrument)
    {
        _records.Clear();
        _records.Add(Name, instrument, Core.LastOrderId);
        memory.Append(this, _records);
    }

    /// <inheritdoc/>
    public void OnTrade(ListedInstrument instrument, PublicTrade trade)
    {
        if (trade.Time - _marketKept[instrument.Index] < MarketEvery)
        {
            return;
        }

        _marketKept[instrument.Index] = trade.Time;
        _records.Clear();
        _records.Add(Name, instrument, Core.LastOrderId);
        foreach (ExchangeOrder trailing in instrument.Trading.Waiting.Where(static order => order.Terms.Trails && !order.Account.IsHouse))
        {
            // Its trigger follows the price, which no event tells.
            _records.Add(Name, trailing);
        }

        memory.Append(this, _records);
    }

    /// <summary>Writes how everything stands; inside the gate.</summary>
    public void CopyTo(KeptFile file)
    {
        _records.Clear();
        foreach (ListedInstrument instrument in Core.Listings)
        {
            _records.Add(Name, instrument, Core.LastOrderId);
        }

        foreach (ExchangeAccount account in Core.Accounts.Where(static account => !account.IsHouse))
        {
            _records.Add(Name, account);
            foreach (ExchangeOrder order in account.Known())
            {
                _records.Add(Name, order);
            }

            for (int i = 0; i < account.Fills.Count; i++)
            {
                _records.Add(Name, account.Fills[i]);
            }
        }

        if (_records.Frame.Length > 0)
        {
            file.Append(_records.Frame);
        }

        IsCopied = true;
    }

    private void Keep(ExchangeAccount account)
    {
        _records.Clear();
        _records.Add(Name, account);
        memory.Append(this, _records);
    }
}
