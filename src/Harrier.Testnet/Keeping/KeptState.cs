using Harrier.Domain;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Keeping;

/// <summary>What an earlier process left of an exchange: of each thing how it stood last.</summary>
internal sealed class KeptState
{
    private readonly Dictionary<(string Core, string Symbol), ReadOnlyMemory<byte>> _markets = [];
    private readonly Dictionary<(string Core, string Account), (int Number, ReadOnlyMemory<byte> Content)> _accounts = [];
    private readonly Dictionary<string, SortedDictionary<long, ReadOnlyMemory<byte>>> _orders = [];
    private readonly Dictionary<string, List<ReadOnlyMemory<byte>>> _fills = [];
    private int _number;

    /// <summary>Symbols of its instruments.</summary>
    public IReadOnlyList<string> Symbols => [.. _markets.Keys.Select(static key => key.Symbol).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static KeptState Read(string path, int version)
    {
        KeptState state = new();
        bool hasHead = false;
        foreach (KeptRecord record in KeptFile.Read(path).SelectMany(KeptRecords.Of))
        {
            if (!hasHead)
            {
                hasHead = record.Kind == KeptKind.Head;
                int found = hasHead ? new StateReader(record.Content.Span).ReadInt32() : 0;
                if (found != version)
                {
                    throw new InvalidDataException($"{path}: has version {found}, this program reads version {version}");
                }

                continue;
            }

            state.Take(in record);
        }

        return hasHead ? state : throw new InvalidDataException($"{path}: empty");
    }

    /// <summary>True for an account that is known.</summary>
    public bool Knows(string core, string account) => _accounts.ContainsKey((core, account));

    /// <summary>The last price of a symbol on the first of the cores that knows it; 0 where none does.</summary>
    public decimal LastPriceOf(string symbol)
    {
        foreach (((string _, string known), ReadOnlyMemory<byte> content) in _markets)
        {
            if (known == symbol && PriceOf(content) is > 0 and decimal price)
            {
                return price;
            }
        }

        return 0;
    }

    /// <summary>Gives cores what they had.</summary>
    /// <param name="cores">The cores, with the accounts that are opened at each start.</param>
    /// <param name="seed">Seed of the keys of the other accounts.</param>
    /// <exception cref="InvalidDataException">It does not fit.</exception>
    public void Restore(IReadOnlyList<(string Name, ExchangeCore Core)> cores, long seed)
    {
        foreach ((string name, ExchangeCore core) in cores)
        {
            RestoreMarkets(name, core);
        }

        foreach ((string name, ExchangeCore core) in cores)
        {
            OpenAccounts(name, core, seed);
        }

        // Cores may share wallets: the last word about one counts, whoever said it.
        Dictionary<string, ExchangeCore> byName = cores.ToDictionary(static one => one.Name, static one => one.Core, StringComparer.Ordinal);
        foreach (((string name, string account), (int _, ReadOnlyMemory<byte> content)) in _accounts.OrderBy(static one => one.Value.Number))
        {
            if (byName.TryGetValue(name, out ExchangeCore? core))
            {
                RestoreAccount(core, account, content);
            }
        }

        foreach ((string name, ExchangeCore core) in cores)
        {
            RestoreOrders(name, core);
            core.EndRestoring();
        }
    }

    private static decimal PriceOf(ReadOnlyMemory<byte> market)
    {
        StateReader reader = new(market.Span);
        _ = reader.ReadString();
        _ = reader.ReadInt64();
        _ = reader.ReadInt64();
        return reader.ReadDecimal();
    }

    private static void RestoreAccount(ExchangeCore core, string name, ReadOnlyMemory<byte> content)
    {
        ExchangeAccount account = core.ByName(name)!;
        StateReader reader = new(content.Span);
        _ = reader.ReadString();
        account.Permissions = new AccountPermissions(reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean());
        Dictionary<string, decimal> wallet = account.Balances.ToDictionary(static held => held.Asset, static _ => 0m, StringComparer.Ordinal);
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            wallet[reader.ReadString()] = reader.ReadDecimal();
        }

        foreach ((string asset, decimal amount) in wallet)
        {
            core.RestoreWallet(account, asset, amount);
        }

        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            KeptPositions.Read(ref reader, core, account);
        }
    }

    private void OpenAccounts(string name, ExchangeCore core, long seed)
    {
        foreach ((string known, string account) in _accounts.Keys)
        {
            if (known == name && core.ByName(account) is null)
            {
                core.OpenAccount(TestnetAccounts.Terms(seed, account));
            }
        }
    }

    private void RestoreMarkets(string name, ExchangeCore core)
    {
        foreach (ListedInstrument instrument in core.Listings)
        {
            if (_markets.TryGetValue((name, instrument.Symbol), out ReadOnlyMemory<byte> content))
            {
                StateReader reader = new(content.Span);
                _ = reader.ReadString();
                core.RestoreMarket(instrument, (reader.ReadInt64(), reader.ReadInt64()), (reader.ReadDecimal(), reader.ReadDecimal(), reader.ReadDecimal()));
                ExchangeCore.RestoreRules(instrument, reader.ReadDecimal(), (ListingStatus)reader.ReadByte());
            }
        }
    }

    private void RestoreOrders(string name, ExchangeCore core)
    {
        Dictionary<long, ExchangeOrder> known = [];
        foreach ((long id, ReadOnlyMemory<byte> content) in _orders.GetValueOrDefault(name) ?? [])
        {
            known.Add(id, KeptOrders.Read(content, core, known));
        }

        foreach (ExchangeOrder order in known.Values)
        {
            // The process ended between a trigger and the order that it makes: the trigger is reached once more.
            bool hasFired = order.Status == ExchangeOrderStatus.Triggered || order is { Status: ExchangeOrderStatus.Untriggered, IsWorking: true };
            if (order.IsConditional && hasFired && !known.ContainsKey(order.ChildOrderId))
            {
                (order.Status, order.ChildOrderId, order.IsWorking) = (ExchangeOrderStatus.Untriggered, 0, false);
            }

            core.RestoreOrder(order);
        }

        foreach (ReadOnlyMemory<byte> content in _fills.GetValueOrDefault(name) ?? [])
        {
            if (KeptOrders.ReadFill(content, known) is { } fill)
            {
                ExchangeCore.RestoreFill(fill);
            }
        }
    }

    private void Take(in KeptRecord record)
    {
        StateReader reader = new(record.Content.Span);
        switch (record.Kind)
        {
            case KeptKind.Market:
                _markets[(record.Core, reader.ReadString())] = record.Content;
                break;
            case KeptKind.Account:
                _accounts[(record.Core, reader.ReadString())] = (++_number, record.Content);
                break;
            case KeptKind.Order:
                Of(_orders, record.Core)[reader.ReadInt64()] = record.Content;
                break;
            case KeptKind.Fill:
                Of(_fills, record.Core).Add(record.Content);
                break;
            default:
                throw new InvalidDataException($"a record of kind {(byte)record.Kind}, which this program does not know");
        }
    }

    private static T Of<T>(Dictionary<string, T> all, string core)
        where T : new()
    {
        if (!all.TryGetValue(core, out T? one))
        {
            all.Add(core, one = new T());
        }

        return one;
    }
}
