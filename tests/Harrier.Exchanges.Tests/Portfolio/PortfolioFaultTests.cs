using System.Globalization;
using Harrier.Simulation.Randomness;
using Harrier.Storage.Records.Rows;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>The whole bot for a long time while everything goes wrong that can: what is held is conserved to the last digit, no commit is made twice, and every decision repeats.</summary>
public sealed class PortfolioFaultTests
{
    private const int Fewest = 150;

    // Minutes long with the 2,000 looks that showed most: HARRIER_LOOKS=2000.
    private static readonly int Looks = int.TryParse(Environment.GetEnvironmentVariable("HARRIER_LOOKS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Max(asked, Fewest) : Fewest;

    private static readonly FaultPlan[] Faults =
    [
        new(FaultKind.CutAfter) { Match = "/commit" },
        new(FaultKind.ServerErrorAfter) { Match = "/commit" },
        new(FaultKind.Cut) { Match = "/commit" },
        new(FaultKind.TooManyRequests) { Match = "/commit", Delay = TimeSpan.FromSeconds(2) },
        new(FaultKind.ServerError) { Match = "/transactions" },
        new(FaultKind.TooManyRequests) { Match = "/me/cards", Delay = TimeSpan.FromSeconds(1) },
        new(FaultKind.Html) { Match = "/ticker" },
        new(FaultKind.Maintenance) { Match = "/ticker" },
    ];

    [Fact]
    public async Task Looks_WithEveryFault_ConserveWhatIsHeld()
    {
        await using PortfolioRig rig = await PortfolioRig.StartAsync();
        RandomStream random = new(11);
        for (int look = 0; look < Looks; look++)
        {
            foreach (string coin in (string[])["BTC", "ETH", "XRP"])
            {
                decimal drift = (look / 12 % 2 == 0 ? 0.006m : -0.006m) + ((decimal)(random.NextDouble() - 0.5) * 0.004m);
                rig.Place.Price(coin, decimal.Round(rig.Place.PriceOf(coin) * (1 + drift), 8));
            }

            Disturb(rig, random, look);
            _ = await rig.LookAsync();
            if (look % 50 == 49)
            {
                rig.Die();
                await rig.BeginAsync();
            }
        }

        rig.Place.Exchange.Faults.Clear();
        (rig.Venue.BeforeQuote, rig.Venue.AfterQuote) = (null, null);
        rig.Configure(rig.Store.Find(PortfolioRig.Bot)! with { MinConfidenceScore = 1 });
        rig.Reconfigure();
        for (int i = 0; i < 3; i++)
        {
            _ = await rig.LookAsync();
        }

        rig.Decisions("PENDING").ShouldBeEmpty();
        IReadOnlyList<DecisionRow> failed = rig.Decisions("FAILED");
        rig.Decisions("EXECUTED").Count.ShouldBeGreaterThan(Looks / 5);
        failed.ShouldContain(static row => row.Result!.StartsWith("the price moved"));
        failed.ShouldContain(static row => row.Result!.Contains("quote_expired"));
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    private static void Disturb(PortfolioRig rig, RandomStream random, int look)
    {
        rig.Place.Exchange.Faults.Clear();
        (rig.Venue.BeforeQuote, rig.Venue.AfterQuote) = (null, null);
        switch (look % 10)
        {
            case 0:
                rig.Place.Exchange.Faults.Add(Faults[random.NextInt32(Faults.Length)] with { Venue = "uphold", Count = 1 });
                break;
            case 3 or 6:
                rig.Venue.BeforeQuote = () => rig.Place.Price("BTC", rig.Place.PriceOf("BTC") * 1.02m);
                break;
            case 8:
                rig.Venue.AfterQuote = () => rig.Wait(TimeSpan.FromSeconds(31));
                break;
            default:
                break;
        }
    }
}
