using System.Globalization;
using Harrier.Exchanges.Binance;
using Harrier.Hosting.Accounts;
using Harrier.Simulation.Randomness;
using Harrier.Storage.Records.Rows;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>
/// The whole bot for a long time while everything goes wrong that can, and its owner moves money by hand: what is held is conserved to the last digit, nothing is converted twice, and every
/// decision repeats.
/// </summary>
public sealed class PortfolioFaultTests
{
    private const int Fewest = 75;

    // Many minutes long with what showed most: HARRIER_LOOKS=5000. HARRIER_SEED takes another order of what goes wrong.
    private static readonly int Looks = int.TryParse(Environment.GetEnvironmentVariable("HARRIER_LOOKS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Max(asked, Fewest) : Fewest;

    private static readonly long Seed = long.TryParse(Environment.GetEnvironmentVariable("HARRIER_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out long given) ? given : 11;

    [Fact]
    public async Task Looks_AtTheBroker_ConserveWhatIsHeld()
    {
        await using PortfolioRig rig = await PortfolioRig.StartAsync();
        FaultPlan[] faults =
        [
            new(FaultKind.ServerError) { Match = "/transactions" }, new(FaultKind.TooManyRequests) { Match = "/me/cards", Delay = TimeSpan.FromSeconds(1) },
            new(FaultKind.Html) { Match = "/ticker" }, new(FaultKind.Maintenance) { Match = "/ticker" },
        ];
        await LookAsync(rig, faults);
        IReadOnlyList<DecisionRow> failed = rig.Decisions("FAILED");
        failed.ShouldContain(static row => row.Result!.StartsWith("the price moved"));
        failed.ShouldContain(static row => row.Result!.Contains("quote_expired"));
    }

    [Fact]
    public async Task Looks_OnASpotMarket_ConserveWhatIsHeld()
    {
        await using PortfolioRig rig = await PortfolioRig.StartAsync(static async time => await SpotPlace.StartAsync(new BinanceExchange(), time));
        FaultPlan[] faults =
        [
            new(FaultKind.Html) { Match = "/api/v3/depth" }, new(FaultKind.Maintenance) { Match = "/api/v3/depth" },
            new(FaultKind.TooManyRequests) { Match = "/api/v3/account", Delay = TimeSpan.FromSeconds(1) }, new(FaultKind.ServerError) { Match = "GET /api/v3/order" },
        ];
        await LookAsync(rig, faults);
        rig.Decisions("FAILED").ShouldContain(static row => row.Result!.EndsWith("nothing was to be had at its price"));
        rig.Decisions("EXECUTED").ShouldContain(static row => row.Result!.Contains(" of "), "some were filled in part");
    }

    private static async Task LookAsync(PortfolioRig rig, FaultPlan[] reads)
    {
        string commit = rig.Place.Commit;
        FaultPlan[] faults =
        [
            new(FaultKind.CutAfter) { Match = commit }, new(FaultKind.ServerErrorAfter) { Match = commit }, new(FaultKind.Cut) { Match = commit },
            new(FaultKind.TooManyRequests) { Match = commit, Delay = TimeSpan.FromSeconds(2) }, .. reads,
        ];
        RandomStream random = new(Seed);
        string[] coins = ["BTC", "ETH", "XRP"];
        decimal[] first = [.. coins.Select(rig.Place.PriceOf)];
        for (int look = 0; look < Looks; look++)
        {
            foreach ((string coin, decimal began) in coins.Zip(first))
            {
                // Pulled back to where it began, or thousands of looks would lead out of all bounds.
                decimal pull = Math.Clamp(((began / rig.Place.PriceOf(coin)) - 1) * 0.02m, -0.004m, 0.004m);
                decimal drift = (look / 12 % 2 == 0 ? 0.006m : -0.006m) + ((decimal)(random.NextDouble() - 0.5) * 0.004m) + pull;
                rig.Place.Price(coin, rig.Place.PriceOf(coin) * (1 + drift));
            }

            await DisturbAsync(rig, random, look, faults);
            _ = await rig.LookAsync();
            if (look % 50 == 49)
            {
                rig.Die();
                await rig.BeginAsync();
            }
        }

        Calm(rig);
        rig.Configure(rig.Store.Find(PortfolioRig.Bot)! with { MinConfidenceScore = 1 });
        rig.Reconfigure();
        for (int i = 0; i < 3; i++)
        {
            _ = await rig.LookAsync();
        }

        rig.Decisions("PENDING").ShouldBeEmpty();
        rig.Decisions("EXECUTED").Count.ShouldBeGreaterThan(Looks / 5);
        rig.Told.OfType<AccountNote>().ShouldContain(static note => note.Text.Contains(" went outside: ", StringComparison.Ordinal));
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{Looks} looks, seed {Seed}: {rig.Decisions("EXECUTED").Count} executed, {rig.Decisions("FAILED").Count} failed, {rig.Late.Arrived} arrived late, {rig.Told.OfType<AccountNote>().Count(static note => note.Text.Contains(" outside: ", StringComparison.Ordinal))} amounts moved by hand were booked"));
    }

    private static void Calm(PortfolioRig rig)
    {
        rig.Place.Exchange.Faults.Clear();
        (rig.Venue.BeforeQuote, rig.Venue.AfterQuote, rig.Late.Match) = (null, null, null);
    }

    private static async Task DisturbAsync(PortfolioRig rig, RandomStream random, int look, FaultPlan[] faults)
    {
        Calm(rig);
        string unit = rig.Place.Numeraire.Code;
        switch (look % 15)
        {
            case 0 or 10:
                rig.Place.Exchange.Faults.Add(faults[random.NextInt32(faults.Length)] with { Venue = rig.Place.Venue, Count = 1 });
                break;
            case 3 or 6:
                rig.Venue.BeforeQuote = () => rig.Place.Price("BTC", rig.Place.PriceOf("BTC") * 1.02m);
                break;
            case 5 when rig.Place is SpotPlace spot:
                rig.Venue.AfterQuote = () => spot.Price("BTC", spot.PriceOf("BTC") * 1.02m);
                break;
            case 9 when rig.Place is SpotPlace spot:
                rig.Venue.AfterQuote = () => Array.ForEach(["BTCUSDT", "ETHUSDT", "XRPUSDT"], spot.Thin);
                break;
            case 8:
                rig.Venue.AfterQuote = () => rig.Wait(TimeSpan.FromSeconds(31));
                break;
            case 11:
                rig.Late.Match = rig.Place.Commit[rig.Place.Commit.IndexOf('/', StringComparison.Ordinal)..];
                break;
            case 12:
                rig.Place.Transfer(unit, random.NextDouble() < 0.5 ? 123.45m : -67.89m);
                break;
            case 13:
                await rig.Place.BuyByHandAsync("BTC", 250);
                break;
            default:
                break;
        }
    }
}
