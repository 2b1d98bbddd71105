using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Conversions;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Portfolio;
using Harrier.Simulation.Randomness;
using Harrier.Storage.Journal;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Storage.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary><c>runbot</c> is killed as a process at random instants, and started again: it holds what the venue says, and nothing was converted twice.</summary>
public sealed class PortfolioKillTests
{
    // One, as each takes seconds; HARRIER_KILLS=15 by hand.
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("HARRIER_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Clamp(asked, 1, 1000) : 1;

    private static readonly long Seed = long.TryParse(Environment.GetEnvironmentVariable("HARRIER_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out long given) ? given : 3;

    [Fact]
    public async Task Runbot_KilledAtRandomInstants_HoldsWhatTheVenueSays()
    {
        await using SpotPlace place = await SpotPlace.StartLivelyAsync(new BinanceExchange());
        string home = Directory.CreateTempSubdirectory("harrier-kill-").FullName;
        try
        {
            RandomStream random = new(Seed);
            string key = WriteKey(place, home);
            for (int kill = 0; kill < Kills; kill++)
            {
                await using KillableProcess bot = BotProcess.Start(
                    "--venue", place.Venue, "--endpoint", place.Rest.ToString(), "--key-file", key, "--home", home, "--interval", "1", "--risk-level", "1", "--min-confidence", "0", "--fee", "0",
                    "--set", "volatility_window=3", "--set", "cache_ttl_seconds=1", "--set", "min_expected_return=0", "--set", "max_slippage=0.1", "--add-pair", "BTC-USDT", "--add-pair", "ETH-USDT", "--add-pair", "XRP-USDT");
                await BotProcess.HasToldAsync(bot, 1 + random.NextInt32(Kills == 1 ? 2 : 9));
                await bot.KillAsync();
            }

            await ShouldHoldWhatIsTrueAsync(place, home);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    // What the next start does, without a process of its own.
    private static async Task ShouldHoldWhatIsTrueAsync(SpotPlace place, string home)
    {
        using HttpMessageInvoker http = RestTransport.Create();
        using ConversionSide side = place.Open(new VenueSurroundings(http, new HttpSocketFactory(http), TimeProvider.System, NullLogger.Instance) { Jitter = static () => 0.5 });
        using RecordStore records = RecordStore.Open(Path.Combine(home, "records.db"), Now());
        records.Claim(new AccountRow("portfolio", home, place.Venue, new SessionFolder(PortfolioHome.FolderOf(home, "portfolio")).OpenedAt(Now())));
        PortfolioStore store = new(records, "portfolio");
        PortfolioTerms terms = new() { Account = "portfolio", Venue = new VenueId(place.Venue), Numeraire = place.Numeraire, Run = 0 };
        using PortfolioHome opened = PortfolioHome.Open(home, terms, Now());
        List<AccountEvent> told = [];
        PortfolioRunner runner = new(new PortfolioParts
        {
            Home = opened,
            Venue = new PortfolioVenue(side.Conversions, side.Rates),
            Store = store,
            Records = new PortfolioRecords(records, "portfolio", static _ => { }),
            Time = TimeProvider.System,
            Tell = told.Add,
        });
        await runner.BeginAsync([PortfolioStore.DefaultBot], TestContext.Current.CancellationToken);
        runner.Account.Pending.ShouldBeEmpty(string.Join('\n', told));
        IReadOnlyDictionary<string, decimal> held = place.Balances();
        foreach (Asset asset in runner.Account.Assets)
        {
            runner.Account.OwnedOf(asset).ShouldBe(held[asset.Code], asset.Code);
        }

        string[] executed = [.. records.Decisions(new RecordFilter { Account = "portfolio" }, "EXECUTED").Select(static row => row.TransactionId!).Order(StringComparer.Ordinal)];
        executed.SequenceEqual(await place.MovedAsync(runner.Account.Terms.Run)).ShouldBeTrue("every executed decision has moved money once, and the other way around");
        runner.End();
        foreach (string segment in StateJournal.SegmentsOf(PortfolioHome.FolderOf(home, "portfolio")))
        {
            PortfolioProof.Run(segment).Outcome.Divergence.ShouldBeNull(segment);
        }
    }

    private static string WriteKey(SpotPlace place, string home)
    {
        ApiCredentials credentials = place.Credentials;
        string path = Path.Combine(home, "key.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { venue = place.Venue, key = credentials.Key, secret = credentials.Secret.Reveal() }));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    private static Timestamp Now() => Timestamp.From(TimeProvider.System.GetUtcNow());
}
