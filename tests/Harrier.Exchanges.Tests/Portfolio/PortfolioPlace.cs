using Harrier.Domain;
using Harrier.Exchanges.Conversions;
using Harrier.Exchanges.Venues;
using Harrier.Testnet;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>A place of the built-in exchange that a portfolio bot converts at, whose prices the test sets.</summary>
internal abstract class PortfolioPlace : IAsyncDisposable
{
    public const long Seed = 7;

    public abstract BuiltInExchange Exchange { get; }

    public abstract string Venue { get; }

    public abstract Asset Numeraire { get; }

    /// <summary>Decimals of amounts that are not 8.</summary>
    public virtual IReadOnlyDictionary<Asset, int> Decimals { get; } = new Dictionary<Asset, int>();

    /// <summary>Part of the address of the call that moves money.</summary>
    public abstract string Commit { get; }

    protected ExchangeCore Core => Exchange.Market(Venue).Facts.Core;

    protected ExchangeAccount Account => Core.ByName(TestnetAccounts.DefaultName)!;

    /// <summary>The account as our adapter sees it.</summary>
    public abstract ConversionSide Open(VenueSurroundings surroundings);

    /// <summary>The price of a coin from now on, in the numeraire.</summary>
    public abstract void Price(string coin, decimal price);

    public abstract decimal PriceOf(string coin);

    /// <summary>What the account holds of each asset, to the last digit.</summary>
    public IReadOnlyDictionary<string, decimal> Balances()
    {
        lock (Core.Gate)
        {
            return Account.Balances.ToDictionary(static one => one.Asset, static one => one.Free + one.Locked);
        }
    }

    /// <summary>Ids of the conversions of a run that moved money, in order; none was made twice.</summary>
    public abstract Task<IReadOnlyList<string>> MovedAsync(uint run);

    /// <summary>The owner deposits, or withdraws where the amount is below 0.</summary>
    public void Transfer(string asset, decimal amount)
    {
        lock (Core.Gate)
        {
            Core.Transfer(Account, asset, amount).ShouldBeTrue();
            Exchange.Market(Venue).FrontEnd.OnTransfer(Account, asset, amount);
        }
    }

    /// <summary>The owner buys some of a coin by hand.</summary>
    public abstract Task BuyByHandAsync(string coin, decimal worth);

    public abstract ValueTask DisposeAsync();
}
