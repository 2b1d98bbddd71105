using Harrier.Exchanges.Tests.Support;
using Harrier.Simulation.Randomness;
using Harrier.Testnet.Bybit;
using Harrier.Testnet.Core;

namespace Harrier.Exchanges.Tests.Testnet.Core;

/// <summary>A spot core and a linear one that share their wallets: money is neither made nor spent twice.</summary>
public sealed class SharedWalletTests
{
    private const string Symbol = "BTCUSDT";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomOrders_OnBothMarkets_KeepEverySumAndNeverSpendMargin(long seed)
    {
        Scene scene = new();
        RandomStream random = new(seed, 1);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            ExchangeCore core = random.NextDouble() < 0.5 ? scene.Spot : scene.Linear;
            ExchangeAccount account = core.ByName(random.NextDouble() < 0.5 ? "ann" : "bob")!;
            decimal price = 100m + (decimal)Math.Round((random.NextDouble() - 0.5) * 4, 2);
            decimal quantity = (decimal)Math.Round(0.1 + (random.NextDouble() * 3), 3);
            if (random.NextDouble() < 0.3)
            {
                _ = core.CancelAll(account, Symbol, conditional: false);
            }

            NewOrder order = new() { Symbol = Symbol, IsSell = random.NextDouble() < 0.5, Quantity = quantity, Price = price, Type = random.NextDouble() < 0.2 ? ExchangeOrderType.Market : ExchangeOrderType.Limit };
            refused += core.Place(account, order with { Price = order.Type == ExchangeOrderType.Market ? 0 : price }).Refusal is null ? 0 : 1;
            scene.Check();
        }

        refused.ShouldBeInRange(50, 2950);
    }

    [Fact]
    public void Account_OpenedOnBoth_HasOneWallet()
    {
        Scene scene = new();

        scene.Linear.Transfer(scene.Linear.ByName("ann")!, "USDT", 5m).ShouldBeTrue();

        scene.Spot.ByName("ann")!.Free("USDT").ShouldBe(1005m);
        scene.Spot.Transfer(scene.Spot.ByName("ann")!, "USDT", -1006m).ShouldBeFalse();
    }

    [Fact]
    public void Spot_WhatIsMargin_IsNotSpent()
    {
        Scene scene = new();
        ExchangeAccount contracts = scene.Linear.ByName("ann")!;
        scene.Linear.Place(contracts, Limit(90m, 100m)).Refusal.ShouldBeNull();

        // 9,000 of notional at ten times need 900 of 1000.
        scene.Spot.Place(scene.Spot.ByName("ann")!, Limit(1.1m, 100m)).Refusal!.Value.Reason.ShouldBe(RefusalReason.InsufficientBalance);
        scene.Spot.Place(scene.Spot.ByName("ann")!, Limit(1m, 100m)).Refusal.ShouldBeNull();
        scene.Linear.Place(contracts, Limit(0.1m, 100m)).Refusal!.Value.Reason.ShouldBe(RefusalReason.InsufficientMargin);
    }

    private static NewOrder Limit(decimal quantity, decimal price) => new() { Symbol = Symbol, Quantity = quantity, Price = price };

    private sealed class Scene
    {
        public Scene()
        {
            IReadOnlyList<ListingTerms> listings = [new() { Symbol = Symbol, Base = "BTC", Quote = "USDT", LotSize = 0.001m, MinQuantity = 0.001m, StartPrice = 100m }];
            ManualTimeProvider time = new();
            Spot = new ExchangeCore(BybitVenue.CoreOptions(listings), time);
            Linear = new ExchangeCore(BybitVenue.CoreOptions(listings, Spot), time);
            foreach (ExchangeCore core in (ReadOnlySpan<ExchangeCore>)[Spot, Linear])
            {
                foreach (string name in (ReadOnlySpan<string>)["ann", "bob"])
                {
                    _ = core.OpenAccount(new AccountTerms { Name = name, Balances = new Dictionary<string, decimal> { ["USDT"] = 1000m, ["BTC"] = 10m } });
                }
            }
        }

        public ExchangeCore Spot { get; }

        public ExchangeCore Linear { get; }

        public void Check()
        {
            foreach (string asset in (ReadOnlySpan<string>)["USDT", "BTC"])
            {
                decimal sum = Spot.Accounts.Sum(a => a.Free(asset) + a.Locked(asset)) + Own(Spot, asset) + Own(Linear, asset);
                sum.ShouldBe(0m, asset);
                Spot.Accounts.ShouldAllBe(a => a.Free(asset) >= 0 && a.Locked(asset) >= 0);
            }

            // Fees and the price of the worst fill come on top of what an order was checked for: a little may be missing, never a margin's worth.
            foreach (ExchangeAccount account in Linear.Accounts)
            {
                MarginSummary margin = account.Margin("USDT");
                (margin.CrossEquity - margin.PositionMargin - margin.OrderMargin - account.Locked("USDT")).ShouldBeGreaterThan(-50m);
            }
        }

        private static decimal Own(ExchangeCore core, string asset) =>
            new[] { core.Venue.Fees, core.Venue.Clearing, core.Venue.Insurance, core.Venue.Outside }.Sum(a => a.Free(asset) + a.Locked(asset));
    }
}
