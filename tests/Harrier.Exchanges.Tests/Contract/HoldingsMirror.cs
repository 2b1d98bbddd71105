using Harrier.Domain;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Contract;

/// <summary>Balances and positions as somebody knows them who does nothing but listen to an account's news.</summary>
internal sealed class HoldingsMirror
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (decimal Amount, Timestamp Time)> _balances = [];
    private readonly Dictionary<string, (decimal Quantity, Timestamp Time)> _positions = [];

    public IReadOnlyList<(string Asset, decimal Amount)> Balances
    {
        get
        {
            lock (_gate)
            {
                return [.. _balances.Where(b => b.Value.Amount != 0).Select(b => (b.Key, b.Value.Amount)).Order()];
            }
        }
    }

    public IReadOnlyList<(string Symbol, decimal Quantity)> Positions
    {
        get
        {
            lock (_gate)
            {
                return [.. _positions.Where(p => p.Value.Quantity != 0).Select(p => (p.Key, p.Value.Quantity)).Order()];
            }
        }
    }

    public void OnNews(AccountEvent news)
    {
        lock (_gate)
        {
            switch (news)
            {
                case BalancesChanged changed:
                    Take(_balances, changed.Balances.Select(b => (b.Asset.ToString(), b.Total)), changed.Time, changed.IsWhole);
                    break;
                case WalletsChanged changed:
                    Take(_balances, changed.Wallets.Select(w => (w.Asset.ToString(), w.Wallet)), changed.Time, isWhole: false);
                    break;
                case PositionsChanged changed:
                    Take(_positions, changed.Positions.Select(p => (p.Symbol, p.Quantity)), changed.Time, changed.IsWhole);
                    break;
                default:
                    break;
            }
        }
    }

    // What is told late must not undo what was told of a later moment.
    private static void Take(Dictionary<string, (decimal Amount, Timestamp Time)> known, IEnumerable<(string Name, decimal Amount)> told, Timestamp time, bool isWhole)
    {
        Dictionary<string, decimal> all = told.ToDictionary(t => t.Name, t => t.Amount);
        foreach (string missing in isWhole ? known.Keys.Except(all.Keys).ToList() : [])
        {
            all[missing] = 0;
        }

        foreach ((string name, decimal amount) in all)
        {
            if (!known.TryGetValue(name, out (decimal Amount, Timestamp Time) last) || time >= last.Time)
            {
                known[name] = (amount, time);
            }
        }
    }
}
