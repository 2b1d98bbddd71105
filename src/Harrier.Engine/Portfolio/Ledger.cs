using System.Runtime.InteropServices;
using Harrier.Domain;
using Harrier.Engine.Market;

namespace Harrier.Engine.Portfolio;

/// <summary>The accounts of the double-entry ledger, each kept per bot and asset.</summary>
public enum LedgerAccount : byte
{
    /// <summary>Can be spent.</summary>
    Free = 0,

    /// <summary>Held back for working orders.</summary>
    Locked = 1,

    /// <summary>The other side of all spot trades.</summary>
    Trading = 2,

    /// <summary>The other side of realized profit and loss on contracts.</summary>
    Profit = 3,

    /// <summary>Fees paid to the venue.</summary>
    Fees = 4,

    /// <summary>Funding paid to and received from other traders.</summary>
    Funding = 5,

    /// <summary>The world that deposits come from and withdrawals go to.</summary>
    External = 6,
}

/// <summary>
/// Double-entry books of one account, one sub-ledger per bot: every posting takes from one account what it gives to another, so
/// that all accounts of an asset always sum to zero. Amounts are exact decimals in whole units of the asset.
/// </summary>
public sealed class Ledger : IStateful
{
    private const int AccountCount = (int)LedgerAccount.External + 1;

    private readonly decimal[] _balances;
    // What is owned as a double, made when asked for; NaN after a posting changed it.
    private readonly double[] _owned;

    // Assets that a bot may own something of, ascending: few of many, and values are asked for with every trade.
    private readonly List<int>[] _posted;
    private readonly int[] _versions;
    private readonly int _assets;

    /// <summary>Empty books.</summary>
    public Ledger(InstrumentTable table, int bots)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bots);
        _assets = table.Assets.Length;
        _balances = new decimal[bots * AccountCount * _assets];
        _owned = new double[bots * _assets];
        _posted = [.. Enumerable.Range(0, bots).Select(static _ => new List<int>(2))];
        _versions = new int[bots];
        Bots = bots;
    }

    /// <summary>Number of sub-ledgers.</summary>
    public int Bots { get; }

    /// <summary>The balance of one account.</summary>
    public decimal Balance(BotId bot, LedgerAccount account, int asset) => _balances[Slot(bot, account, asset)];

    /// <summary>What the bot owns of an asset, free and locked.</summary>
    public decimal Owned(BotId bot, int asset) => Balance(bot, LedgerAccount.Free, asset) + Balance(bot, LedgerAccount.Locked, asset);

    /// <summary>The same as a double, for marks.</summary>
    public double OwnedEstimate(BotId bot, int asset)
    {
        ref double owned = ref _owned[(bot.Index * _assets) + asset];
        if (double.IsNaN(owned))
        {
            owned = (double)Owned(bot, asset);
        }

        return owned;
    }

    /// <summary>Moves an amount between two accounts of one bot and asset; a negative amount moves the other way.</summary>
    public void Post(BotId bot, LedgerAccount from, LedgerAccount to, int asset, decimal amount)
    {
        _balances[Slot(bot, from, asset)] -= amount;
        _balances[Slot(bot, to, asset)] += amount;
        if ((from <= LedgerAccount.Locked) != (to <= LedgerAccount.Locked))
        {
            _owned[(bot.Index * _assets) + asset] = double.NaN;
            _versions[bot.Index]++;
            Version++;
            Note(bot.Index, asset);
        }
    }

    /// <summary>Assets of which the bot may own something, ascending; all others it owns nothing of.</summary>
    internal ReadOnlySpan<int> PostedAssets(BotId bot) => CollectionsMarshal.AsSpan(_posted[bot.Index]);

    /// <summary>Grows whenever what any bot owns changes.</summary>
    internal long Version { get; private set; }

    /// <summary>Grows whenever what the bot owns changes.</summary>
    internal int VersionOf(BotId bot) => _versions[bot.Index];

    /// <summary>Sum of all accounts of all bots in one asset: 0, always.</summary>
    public decimal Sum(int asset)
    {
        decimal sum = 0;
        for (int slot = asset; slot < _balances.Length; slot += _assets)
        {
            sum += _balances[slot];
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        // Most bots never have most assets. A zero with decimals is kept: sums show how many their parts had.
        writer.Write(_balances.Count(static balance => IsKept(balance)));
        for (int i = 0; i < _balances.Length; i++)
        {
            if (IsKept(_balances[i]))
            {
                writer.Write(i);
                writer.Write(_balances[i]);
            }
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        Array.Clear(_balances);
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            int place = reader.ReadInt32();
            decimal balance = reader.ReadDecimal();
            _balances[place >= 0 && place < _balances.Length ? place : throw new InvalidDataException($"a balance in place {place} of {_balances.Length} is not possible")] = balance;
        }

        Renew();
    }

    private static bool IsKept(decimal balance) => balance != 0 || balance.Scale != 0 || decimal.IsNegative(balance);

    /// <summary>Takes over the books of an engine whose bots and assets are the first of this one's.</summary>
    internal void Succeed(Ledger before)
    {
        Array.Clear(_balances);
        for (int bot = 0; bot < before.Bots; bot++)
        {
            for (LedgerAccount account = LedgerAccount.Free; account <= LedgerAccount.External; account++)
            {
                for (int asset = 0; asset < before._assets; asset++)
                {
                    _balances[Slot(new BotId(bot), account, asset)] = before.Balance(new BotId(bot), account, asset);
                }
            }
        }

        Renew();
    }

    // After all balances were replaced.
    private void Renew()
    {
        Array.Fill(_owned, double.NaN);
        for (int bot = 0; bot < Bots; bot++)
        {
            _versions[bot]++;
            Version++;
            _posted[bot].Clear();
            for (int asset = 0; asset < _assets; asset++)
            {
                if (Balance(new BotId(bot), LedgerAccount.Free, asset) != 0 || Balance(new BotId(bot), LedgerAccount.Locked, asset) != 0)
                {
                    _posted[bot].Add(asset);
                }
            }
        }
    }

    private void Note(int bot, int asset)
    {
        int place = _posted[bot].BinarySearch(asset);
        if (place < 0)
        {
            _posted[bot].Insert(~place, asset);
        }
    }

    private int Slot(BotId bot, LedgerAccount account, int asset) => (((bot.Index * AccountCount) + (int)account) * _assets) + asset;
}
