using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine.Market;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Tests.Contract;
using Harrier.Exchanges.Tests.Crashes;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Configuration;

namespace Harrier.Exchanges.Tests.VenueAccounts;

/// <summary>The built-in exchange with a still book, and a home in which an account trades on it, life after life.</summary>
internal sealed class AccountScene : IAsyncDisposable
{
    public const decimal Deposit = 50_000m;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("harrier-venue-");
    private bool _isSmall;
    private readonly string _venue;

    private AccountScene(string venue, ContractRig exchange) => (_venue, Exchange) = (venue, exchange);

    public ContractRig Exchange { get; }

    public string Home => _home.FullName;

    public AccountParts Parts => new(
        _venue.StartsWith("binance", StringComparison.Ordinal) ? new BinanceExchange() : new BybitExchange(),
        Settings(),
        new VenuePlace(PlaceKind.Address, Exchange.Origin),
        Exchange.Credentials,
        Home);

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>What the account has in the quote asset.</summary>
    public decimal Wallet => Exchange.TrueBalances().Where(b => b.Asset == "USDT").Sum(b => b.Free + b.Locked);

    /// <summary>What the bot believes to have of it.</summary>
    public static decimal Owned(AccountLife life) =>
        life.Account.Engine.Portfolio.Ledger.Owned(default, new InstrumentTable(life.Account.Plan.Instruments).QuoteAsset(life.Instrument.Id));

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The scene disposes of its exchange.")]
    public static async Task<AccountScene> StartAsync(string venue) =>
        new(venue, await ContractRig.StartAsync(CrashHost.VenueOf(venue), connects: false, new Dictionary<string, decimal> { ["USDT"] = Deposit }));

    public Task<AccountLife> LiveAsync(Func<AccountParts, AccountParts>? change = null) => AccountLife.StartAsync(change?.Invoke(Parts) ?? Parts);

    /// <summary>The account, with one bot that buys when the price rises after three bars.</summary>
    public AccountSettings Settings(string mode = "demo", string more = "") => AccountLife.Read(
        $$"""
        {
          "name": "test", "venue": "{{_venue}}", "mode": "{{mode}}", "endpoint": "{{Exchange.Origin.GetLeftPart(UriPartial.Authority)}}", "key_file": "none", "durability": "process", {{more}}
          "bots": [ { "name": "one", "strategy": "EMA_CROSS", "parameters": { "fast": 2, "slow": 3 }, "symbol": "BTCUSDT", "interval": "1s", "balance": 50000, "size": "fraction:0.2", "take_profit": "none" } ]
        }
        """,
        _venue);

    /// <summary>In what the engine differs from the exchange; null for nothing.</summary>
    public string? Difference(AccountLife life)
    {
        IEnumerable<string> ours = life.Working.Select(o => o.Id.ToString()).Order(StringComparer.Ordinal);
        IEnumerable<string> theirs = Exchange.TrueOpenClientIds().Order(StringComparer.Ordinal);
        if (!ours.SequenceEqual(theirs))
        {
            return $"orders: ours [{string.Join(", ", ours)}], theirs [{string.Join(", ", theirs)}]";
        }

        decimal held = life.Instrument.ToDecimal(life.Account.Engine.Portfolio.Position(default, life.Instrument.Id).Size);
        if (life.Instrument.Kind == InstrumentKind.LinearPerpetual && held != Exchange.TruePosition())
        {
            return $"position: ours {held}, theirs {Exchange.TruePosition()}";
        }

        return Math.Abs(Owned(life) - Wallet) > 0.000001m ? $"USDT: ours {Owned(life)}, theirs {Wallet}" : null;
    }

    /// <summary>Puts the home on a disk of one mebibyte; skips the test, loudly, where this user cannot mount one.</summary>
    public void ShrinkDisk()
    {
        if (Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", Home) != 0)
        {
            Assert.Skip("a file system of 1 MiB cannot be mounted by this user");
        }

        _isSmall = true;
    }

    /// <summary>Leaves no room on that disk.</summary>
    public void FillDisk()
    {
        using FileStream filler = new(Path.Combine(Home, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, 1);
        byte[] page = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(page);
            }
        }
        catch (IOException)
        {
            // That was the last of it.
        }
    }

    /// <summary>Gives the room back.</summary>
    public void FreeDisk() => File.Delete(Path.Combine(Home, "filler"));

    /// <summary>The newest file of the account's journal that holds anything.</summary>
    public string NewestJournal() => Directory.EnumerateFiles(Path.Combine(Home, "accounts", "test", "sessions"), "*.journal", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Last(static file => new FileInfo(file).Length > 0);

    public async ValueTask DisposeAsync()
    {
        await Exchange.DisposeAsync();
        if (_isSmall)
        {
            Run("umount", Home).ShouldBe(0);
        }

        _home.Delete(recursive: true);
    }
}
