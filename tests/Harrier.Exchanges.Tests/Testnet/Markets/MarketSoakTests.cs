using Harrier.Exchanges.Tests.Support;
using Harrier.Simulation.Randomness;
using Harrier.Testnet.Core;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Testnet.Markets;

/// <summary>Users who do anything at all on living markets, with an operator who shakes them: money is neither made nor lost, and no book crosses.</summary>
public sealed class MarketSoakTests
{
    private const int Minutes = 20;

    [Theory]
    [InlineData(MarketKind.Spot)]
    [InlineData(MarketKind.Linear)]
    public async Task Run_WithRandomUsersAndShocks_MoneySumsToZeroAndBooksStayWhole(MarketKind kind)
    {
        ManualTimeProvider time = new();
        ExchangeCore core = new(new ExchangeCoreOptions { Kind = kind, Listings = [MarketRig.Terms("BTCUSDT"), MarketRig.Terms("ETHUSDT")] }, time);
        ExchangeAccount[] users = [.. Enumerable.Range(0, 3).Select(i => core.OpenAccount(new AccountTerms
        {
            Name = "user" + i,
            Balances = new Dictionary<string, decimal> { ["USDT"] = 200_000m, ["BTC"] = kind == MarketKind.Spot ? 2 : 0 },
        }))];
        await using SyntheticOrderFlow flow = new([core], new SyntheticOrderFlowOptions { Seed = 11 }, time);
        MarketControl control = new([core], flow);
        RandomStream random = new(5);
        int filled = 0;
        for (int step = 0; step < Minutes * 600; step++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            flow.Step();
            filled += Act(core, users[random.NextInt32(users.Length)], random);
            core.Advance();
            if (step % 1800 == 900)
            {
                MarketActionKind shock = step / 1800 % 2 == 0 ? MarketActionKind.Crash : MarketActionKind.Spike;
                control.Apply(new MarketAction { Kind = shock, Value = 8 }).ShouldBeNull();
            }

            if (step % 100 == 0)
            {
                Check(core);
            }
        }

        Check(core);
        filled.ShouldBeGreaterThan(100);
        flow.Fault.ShouldBeNull();
    }

    private static int Act(ExchangeCore core, ExchangeAccount user, RandomStream random)
    {
        if (random.NextDouble() > 0.25)
        {
            return 0;
        }

        if (random.NextDouble() < 0.1)
        {
            core.CancelAll(user, null, conditional: false);
            return 0;
        }

        ListedInstrument instrument = core.Listings[random.NextInt32(core.Listings.Count)];
        bool isMarket = random.NextDouble() < 0.4;
        decimal price = Math.Round(instrument.LastPrice * (decimal)(1 + (0.001 * random.NextNormal())), 2);
        Placement placement = core.Place(user, new NewOrder
        {
            Symbol = instrument.Symbol,
            IsSell = random.NextDouble() < 0.5,
            Type = isMarket ? ExchangeOrderType.Market : ExchangeOrderType.Limit,
            Price = isMarket ? 0 : price,
            Quantity = Math.Round((decimal)(1500 * random.NextExponential()) / Math.Max(1, instrument.LastPrice), 4),
        });
        return placement.Order is { Executed: > 0 } ? 1 : 0;
    }

    private static void Check(ExchangeCore core)
    {
        ExchangeAccount[] all = [.. core.Accounts, core.Venue.Fees, core.Venue.Clearing, core.Venue.Insurance, core.Venue.Outside];
        foreach (string asset in (string[])["USDT", "BTC", "ETH"])
        {
            all.Sum(account => account.Free(asset) + account.Locked(asset)).ShouldBe(0, asset);
        }

        foreach (ListedInstrument instrument in core.Listings)
        {
            instrument.Book.BestBid.ShouldBeLessThan(instrument.Book.BestAsk);
            instrument.Book.BestBid.ShouldBeGreaterThan(0);
        }
    }
}
