using System.Runtime.InteropServices;

namespace Harrier.Testnet.Core;

/// <summary>What a key may do.</summary>
/// <param name="CanTrade">Place and cancel orders.</param>
/// <param name="CanWithdraw">Withdraw.</param>
/// <param name="IsIpRestricted">Only from listed addresses.</param>
public sealed record AccountPermissions(bool CanTrade = true, bool CanWithdraw = false, bool IsIpRestricted = false);

/// <summary>What an account starts with.</summary>
public sealed record AccountTerms
{
    /// <summary>Unique among accounts.</summary>
    public required string Name { get; init; }

    /// <summary>The public half of its key; empty for accounts nobody logs into.</summary>
    public string ApiKey { get; init; } = string.Empty;

    /// <summary>The secret half.</summary>
    public string Secret { get; init; } = string.Empty;

    /// <summary>Deposits made at once.</summary>
    public IReadOnlyDictionary<string, decimal> Balances { get; init; } = new Dictionary<string, decimal>();

    /// <summary>What the key may do.</summary>
    public AccountPermissions Permissions { get; init; } = new();

    /// <summary>A market maker of the exchange: no balance checks, no fees, no limits on open orders, no account events, no history.</summary>
    public bool IsHouse { get; init; }

    /// <summary>Its own maker fee; null for the exchange's.</summary>
    public decimal? MakerFee { get; init; }

    /// <summary>Its own taker fee; null for the exchange's.</summary>
    public decimal? TakerFee { get; init; }
}

/// <summary>What an account holds of an asset.</summary>
/// <param name="Asset">Such as USDT.</param>
/// <param name="Free">Not locked. For linear markets the wallet balance; see <see cref="ExchangeAccount.Margin"/> for what is available.</param>
/// <param name="Locked">Locked in open orders.</param>
public readonly record struct AssetBalance(string Asset, decimal Free, decimal Locked);

/// <summary>An account of the exchange. Read it inside the gate.</summary>
public sealed class ExchangeAccount
{
    private readonly AssetTable _assets;
    private readonly List<decimal> _free;
    private readonly List<decimal> _locked;
    private readonly ExchangePosition?[] _positions;
    private ExchangeAccount? _margin;

    internal ExchangeAccount(int id, AccountTerms terms, ExchangeCoreOptions options, AssetTable assets, ExchangeAccount? twin)
    {
        (_free, _locked) = twin is null ? ([], []) : (twin._free, twin._locked);
        if (twin is not null && options.Kind == MarketKind.Linear)
        {
            twin._margin = this;
        }

        (Id, Name, ApiKey, Secret, Permissions, IsHouse, _assets) = (id, terms.Name, terms.ApiKey, terms.Secret, terms.Permissions, terms.IsHouse, assets);
        MakerFee = IsHouse ? 0 : terms.MakerFee ?? options.MakerFee;
        TakerFee = IsHouse ? 0 : terms.TakerFee ?? options.TakerFee;
        FeeAsset = options.FeeAsset is null ? -1 : assets.IndexOf(options.FeeAsset);
        DefaultLeverage = options.DefaultLeverage;
        MaintenanceRate = options.MaintenanceMarginRate;
        _positions = new ExchangePosition?[options.Listings.Count];
        Orders = new HistoryRing<ExchangeOrder>(options.OrderHistoryPerAccount);
        Fills = new HistoryRing<ExchangeFill>(options.OrderHistoryPerAccount);
    }

    /// <summary>Rises with every account, from 1.</summary>
    public int Id { get; }

    /// <summary>Unique name.</summary>
    public string Name { get; }

    /// <summary>The public half of its key.</summary>
    public string ApiKey { get; }

    /// <summary>The secret half; never write it anywhere.</summary>
    public string Secret { get; }

    /// <summary>What the key may do.</summary>
    public AccountPermissions Permissions { get; internal set; }

    /// <summary>A market maker of the exchange.</summary>
    public bool IsHouse { get; }

    /// <summary>Share of the notional paid as maker; negative is a rebate.</summary>
    public decimal MakerFee { get; }

    /// <summary>Share of the notional paid as taker.</summary>
    public decimal TakerFee { get; }

    /// <summary>Whether long and short positions are kept apart; always false, only the one-way mode exists.</summary>
    public bool HedgeMode { get; }

    /// <summary>What it holds, in the order of the exchange's assets; assets it never held are left out.</summary>
    public IEnumerable<AssetBalance> Balances => Enumerable.Range(0, _free.Count).Select(BalanceOf).Where(b => b.Free != 0 || b.Locked != 0);

    /// <summary>Its positions that are not zero or have settings of their own.</summary>
    public IEnumerable<ExchangePosition> Positions => _positions.Where(p => p is not null && (p.Quantity != 0 || p.HasSettings)).Select(p => p!);

    /// <summary>What it holds of an asset and has not locked.</summary>
    public decimal Free(string asset) => _assets.Find(asset) is >= 0 and int index ? FreeOf(index) : 0;

    /// <summary>What it has locked of an asset.</summary>
    public decimal Locked(string asset) => _assets.Find(asset) is >= 0 and int index ? LockedOf(index) : 0;

    /// <summary>The position in an instrument, made when there is none yet.</summary>
    public ExchangePosition Position(ListedInstrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return _positions[instrument.Index] ??= new ExchangePosition(this, instrument, DefaultLeverage, MaintenanceRate);
    }

    /// <summary>Margin of the linear contracts settled in an asset.</summary>
    public MarginSummary Margin(string asset) => _assets.Find(asset) is >= 0 and int index ? MarginRules.Summary(this, index) : default;

    internal int DefaultLeverage { get; }

    internal decimal MaintenanceRate { get; }

    internal int FeeAsset { get; }

    internal Dictionary<long, ExchangeOrder> Open { get; } = [];

    internal Dictionary<(int Instrument, bool IsConditional, string ClientId), ExchangeOrder> OpenByClientId { get; } = [];

    internal HistoryRing<ExchangeOrder> Orders { get; }

    internal HistoryRing<ExchangeFill> Fills { get; }

    /// <summary>Its orders that are remembered, oldest first; open ones are never forgotten.</summary>
    internal IEnumerable<ExchangeOrder> Known()
    {
        long oldest = Orders.Count > 0 ? Orders[0].Id : long.MaxValue;
        IEnumerable<ExchangeOrder> older = Open.Values.Where(order => order.Id < oldest).OrderBy(static order => order.Id);
        return older.Concat(Enumerable.Range(0, Orders.Count).Select(i => Orders[i]));
    }

    /// <summary>Its positions, those that are flat and brought something included.</summary>
    internal IEnumerable<ExchangePosition> Touched() => _positions.OfType<ExchangePosition>().Where(static p => p.Quantity != 0 || p.HasSettings || p.RealizedPnl != 0);

    internal ReadOnlySpan<ExchangePosition?> AllPositions => _positions;

    internal decimal FreeOf(int asset) => asset < _free.Count ? _free[asset] : 0;

    internal decimal LockedOf(int asset) => asset < _locked.Count ? _locked[asset] : 0;

    /// <summary>What may leave the wallet: what is free, less what contracts that share the wallet need as margin.</summary>
    internal decimal SpendableOf(int asset) =>
        _margin is null ? FreeOf(asset) : Math.Min(FreeOf(asset), MarginRules.Summary(_margin, asset).Available);

    internal AssetBalance BalanceOf(int asset) => new(_assets.Name(asset), FreeOf(asset), LockedOf(asset));

    internal void AddFree(int asset, decimal amount) => Slot(_free, asset) += amount;

    internal void Lock(int asset, decimal amount)
    {
        Slot(_free, asset) -= amount;
        Slot(_locked, asset) += amount;
    }

    private static ref decimal Slot(List<decimal> amounts, int asset)
    {
        if (asset >= amounts.Count)
        {
            CollectionsMarshal.SetCount(amounts, asset + 1);
        }

        return ref CollectionsMarshal.AsSpan(amounts)[asset];
    }
}
