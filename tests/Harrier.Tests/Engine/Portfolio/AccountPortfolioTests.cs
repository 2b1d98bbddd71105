using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;

namespace Harrier.Tests.Engine.Portfolio;

/// <summary>Books of single fills and of any sequence of them.</summary>
public sealed class AccountPortfolioTests
{
    private static readonly BotId Bot = new(0);
    private static readonly InstrumentId Btc = new(0);

    [Fact]
    public void Book_FeeInBaseAsset_GivesTheProfitOfQuantSection9()
    {
        // Buy 0.1 at 60,000 with 0.1 % fee in base: 0.0999 arrive. Sold at 61,000 with 0.1 % in quote: profit 87.8061.
        AccountPortfolio portfolio = Create(InstrumentKind.Spot, tick: 1m, lot: 0.0001m);
        portfolio.Transfer(new AccountReport(Bot, new Money(10_000m, new Asset("USDT")), default));
        portfolio.Book(Fill(1, OrderSide.Buy, (60_000, 1000), 0.0001m, "BTC"));
        portfolio.Ledger.Owned(Bot, 1).ShouldBe(0.0999m);
        portfolio.Book(Fill(2, OrderSide.Sell, (61_000, 999), 6.0939m, "USDT"));
        (portfolio.Ledger.Owned(Bot, 0) - 10_000m).ShouldBe(87.8061m);
        portfolio.Ledger.Owned(Bot, 1).ShouldBe(0m);
    }

    [Fact]
    public void Book_LinearContract_GivesTheProfitOfQuantSection9()
    {
        // 0.1 at 60,000 to 61,000 with 0.055 % both ways: 93.345.
        AccountPortfolio portfolio = Create(InstrumentKind.LinearPerpetual, tick: 1m, lot: 0.1m);
        portfolio.Book(Fill(1, OrderSide.Buy, (60_000, 1), 3.3m, "USDT"));
        portfolio.Book(Fill(2, OrderSide.Sell, (61_000, 1), 3.355m, "USDT"));
        portfolio.RoundTrips.ShouldHaveSingleItem().Pnl.ShouldBe(93.345m);
        portfolio.Ledger.Owned(Bot, 0).ShouldBe(93.345m);
    }

    [Fact]
    public void Book_AFlip_EndsOneTripAndBeginsTheNext()
    {
        AccountPortfolio portfolio = Create(InstrumentKind.LinearPerpetual, tick: 1m, lot: 1m);
        portfolio.Book(Fill(1, OrderSide.Buy, (100, 3), 0.3m, "USDT"));
        portfolio.Book(Fill(2, OrderSide.Sell, (110, 8), 0.8m, "USDT"));
        RoundTrip first = portfolio.RoundTrips.ShouldHaveSingleItem();
        first.IsLong.ShouldBeTrue();
        first.Pnl.ShouldBe(30m - 0.3m - 0.3m);
        Position position = portfolio.Position(Bot, Btc);
        position.Size.Value.ShouldBe(-5);
        position.AveragePrice(Instrument(InstrumentKind.LinearPerpetual, 1m, 1m)).ShouldBe(110m);
        portfolio.Book(Fill(3, OrderSide.Buy, (105, 5), 0.5m, "USDT"));
        portfolio.RoundTrips[1].IsLong.ShouldBeFalse();
        portfolio.RoundTrips[1].Pnl.ShouldBe(25m - 0.5m - 0.5m);
    }

    [Fact]
    public void AnyFills_ThatEndFlat_ConserveEveryDecimal() => Check(Fills, fills =>
    {
        foreach (InstrumentKind kind in (ReadOnlySpan<InstrumentKind>)[InstrumentKind.Spot, InstrumentKind.LinearPerpetual])
        {
            AccountPortfolio portfolio = Create(kind, tick: 0.01m, lot: 0.00001m);
            long held = 0;
            long id = 0;
            foreach ((int price, int lots) in fills)
            {
                portfolio.Book(Fill(++id, lots > 0 ? OrderSide.Buy : OrderSide.Sell, (price, Math.Abs(lots)), 0.00000001m * price, "USDT"));
                held += lots;
            }

            if (held != 0)
            {
                portfolio.Book(Fill(++id, held > 0 ? OrderSide.Sell : OrderSide.Buy, (31_337, Math.Abs(held)), 0.01m, "USDT"));
            }

            bool conserved = portfolio.RoundTrips.Sum(t => t.Pnl) == portfolio.Ledger.Owned(Bot, 0)
                && portfolio.Ledger.Owned(Bot, 1) == 0 && portfolio.Ledger.Sum(0) == 0 && portfolio.Ledger.Sum(1) == 0;
            if (!conserved)
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void AFillSplitAnyWay_GivesTheSamePosition() => Check(Fills, fills =>
    {
        AccountPortfolio whole = Create(InstrumentKind.LinearPerpetual, 0.01m, 0.00001m);
        AccountPortfolio split = Create(InstrumentKind.LinearPerpetual, 0.01m, 0.00001m);
        long id = 0;
        foreach ((int price, int lots) in fills)
        {
            OrderSide side = lots > 0 ? OrderSide.Buy : OrderSide.Sell;
            whole.Book(Fill(++id, side, (price, Math.Abs(lots)), 0, "USDT"));
            long part = Math.Abs(lots) / 3;
            if (part > 0)
            {
                split.Book(Fill(++id, side, (price, part), 0, "USDT"));
            }

            split.Book(Fill(++id, side, (price, Math.Abs(lots) - part), 0, "USDT"));
        }

        return whole.Position(Bot, Btc).Size == split.Position(Bot, Btc).Size
            && Math.Abs(whole.Equity(Bot) - split.Equity(Bot)) < 1e-9m;
    });

    [Fact]
    public void Constructor_QuoteWithoutRate_IsRefused()
    {
        Instrument inEther = new(new InstrumentId(0), Instrument(InstrumentKind.Spot, 1, 1).Definition with { Quote = new Asset("ETH"), Symbol = "BTCETH" });
        InstrumentTable table = new([inEther]);
        Should.Throw<ArgumentException>(() => new AccountPortfolio(table, new MarketState(table), 1, new Asset("BTC"))).Message.ShouldContain("ETH");
    }

    private static readonly Arbitrary<(int Price, int Lots)[]> Fills = Arb.From(
        from price in Gen.Choose(1, 5_000_000)
        from lots in Gen.Choose(-900_000, 900_000)
        where lots != 0
        select (price, lots)).Array();

    private static void Check<T>(Arbitrary<T> arbitrary, Func<T, bool> holds) =>
        Prop.ForAll(arbitrary, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithQuietOnSuccess(true));

    private static AccountPortfolio Create(InstrumentKind kind, decimal tick, decimal lot)
    {
        InstrumentTable table = new([Instrument(kind, tick, lot)]);
        return new AccountPortfolio(table, new MarketState(table), 1, new Asset("USDT"));
    }

    private static Instrument Instrument(InstrumentKind kind, decimal tick, decimal lot) => new(Btc, new InstrumentDefinition
    {
        Venue = new VenueId("sim-test"),
        Symbol = "BTCUSDT",
        Kind = kind,
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = tick,
        LotSize = lot,
    });

    private static Fill Fill(long id, OrderSide side, (long Price, long Lots) trade, decimal fee, string feeAsset) => new()
    {
        Order = new ClientOrderId(1, 1),
        TradeId = id,
        Bot = Bot,
        Instrument = Btc,
        Side = side,
        Price = new PriceTicks(trade.Price),
        Size = new SizeLots(trade.Lots),
        Fee = fee,
        FeeAsset = new Asset(feeAsset),
        Time = new Timestamp(id),
    };
}
