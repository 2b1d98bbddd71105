using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;

namespace Harrier.Tests.Engine.Portfolio;

/// <summary>What bots are worth is kept between changes: it must be what a sum made anew says, whatever happens.</summary>
public sealed class BotValueTests
{
    private const int Bots = 3;

    private static readonly Asset Quote = new("USDT");
    private static readonly InstrumentTable Table = new([Market(0, "BTC", InstrumentKind.LinearPerpetual), Market(1, "ETH", InstrumentKind.Spot), Market(2, "XRP", InstrumentKind.Spot)]);

    private enum Step
    {
        Buy,
        Sell,
        Mark,
        Deposit,
        Funding,
        SaveAndRestore,
    }

    [Fact]
    public void Equity_AfterAnySteps_IsWhatASumMadeAnewSays() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonNegativeInt>().Generator.Select(static number => number.Get).ListOf(60).Select(static numbers => numbers.ToArray()).ToArbitrary(),
            static numbers =>
            {
                MarketState market = new(Table);
                AccountPortfolio portfolio = new(Table, market, Bots, Quote);
                foreach (int number in numbers)
                {
                    portfolio = Take(portfolio, market, number);
                    for (int bot = 0; bot < Bots; bot++)
                    {
                        if (portfolio.Equity(new BotId(bot)) != Slowly(portfolio, market, new BotId(bot)))
                        {
                            return false;
                        }
                    }

                    decimal all = Enumerable.Range(0, Bots).Sum(bot => Slowly(portfolio, market, new BotId(bot)));
                    if (portfolio.Equity() != all || !IsTheSum(portfolio.Together(), portfolio))
                    {
                        return false;
                    }

                    double estimate = (double)all;
                    if (Math.Abs(portfolio.EquityEstimate() - estimate) > 1e-6 * Math.Max(1, Math.Abs(estimate)))
                    {
                        return false;
                    }
                }

                return true;
            }));

    [Fact]
    public void Equity_OfARestoredPortfolio_HasTheSameBytes()
    {
        MarketState market = new(Table);
        AccountPortfolio portfolio = new(Table, market, Bots, Quote);
        market.Apply(new InstrumentId(1), new PriceTicks(12_345), 123.45);
        portfolio.Transfer(new AccountReport(new BotId(0), new Money(1000m, Quote), default));
        portfolio.Book(Fill(0, 1, OrderSide.Buy, 7));
        portfolio.Book(Fill(0, 1, OrderSide.Sell, 7));
        int[] before = decimal.GetBits(portfolio.Equity(new BotId(0)));
        decimal.GetBits(Copy(portfolio, market).Equity(new BotId(0))).ShouldBe(before, "what a bot owned once must leave no trace");
    }

    [Fact]
    public void Save_OfBotsThatNeverTraded_TakesNoMoreForMany()
    {
        MarketState market = new(Table);
        Size(300).ShouldBe(Size(1));

        int Size(int bots)
        {
            System.Buffers.ArrayBufferWriter<byte> bytes = new();
            StateWriter writer = new(bytes);
            new AccountPortfolio(Table, market, bots, Quote).Save(ref writer);
            return bytes.WrittenCount;
        }
    }

    private static AccountPortfolio Take(AccountPortfolio portfolio, MarketState market, int number)
    {
        int bot = number % Bots;
        int instrument = number / 3 % Table.Instruments.Length;
        switch ((Step)(number / 9 % 6))
        {
            case Step.Buy:
                portfolio.Book(Fill(bot, instrument, OrderSide.Buy, 1 + (number % 5)));
                break;
            case Step.Sell:
                portfolio.Book(Fill(bot, instrument, OrderSide.Sell, 1 + (number % 4)));
                break;
            case Step.Mark:
                market.Apply(new InstrumentId(instrument), new PriceTicks(10_000 + number), (10_000 + number) * 0.01);
                break;
            case Step.Deposit:
                portfolio.Transfer(new AccountReport(new BotId(bot), new Money(number, Quote), default));
                break;
            case Step.Funding:
                portfolio.BookFunding(new MarketEvent { Kind = MarketEventKind.Funding, Instrument = new InstrumentId(0), ExchangeTime = default, ReceivedTime = default, Price = new PriceTicks(10_000), Rate = 0.0001 });
                break;
            default:
                return Copy(portfolio, market);
        }

        return portfolio;
    }

    private static AccountPortfolio Copy(AccountPortfolio portfolio, MarketState market)
    {
        System.Buffers.ArrayBufferWriter<byte> bytes = new();
        StateWriter writer = new(bytes);
        portfolio.Save(ref writer);
        StateReader reader = new(bytes.WrittenSpan);
        AccountPortfolio copy = new(Table, market, Bots, Quote);
        copy.Restore(ref reader);
        return copy;
    }

    private static bool IsTheSum(JointHoldings joint, AccountPortfolio portfolio)
    {
        BotId[] bots = [.. Enumerable.Range(0, Bots).Select(static bot => new BotId(bot))];
        return Table.Instruments.ToArray().All(one =>
                joint.Lots[one.Id.Index] == bots.Sum(bot => portfolio.Position(bot, one.Id).Size.Value) && joint.Basis[one.Id.Index] == bots.Sum(bot => portfolio.Position(bot, one.Id).Basis))
            && Enumerable.Range(0, Table.Assets.Length).All(asset => joint.Owned[asset] == bots.Sum(bot => portfolio.Ledger.Owned(bot, asset)));
    }

    // Every asset and every instrument, nothing remembered.
    private static decimal Slowly(AccountPortfolio portfolio, MarketState market, BotId bot)
    {
        decimal worth = portfolio.Ledger.Owned(bot, Table.IndexOf(Quote));
        foreach (Instrument instrument in Table.Instruments)
        {
            worth += portfolio.Ledger.Owned(bot, Table.BaseAsset(instrument.Id)) * instrument.ToDecimal(market.Mark(instrument.Id));
            Position position = portfolio.Position(bot, instrument.Id);
            if (instrument.Kind == InstrumentKind.LinearPerpetual && !position.IsFlat)
            {
                worth += instrument.Notional(position.Size, market.Mark(instrument.Id)) - position.Basis;
            }
        }

        return worth;
    }

    private static Fill Fill(int bot, int instrument, OrderSide side, long lots) => new()
    {
        Order = new ClientOrderId(1, 1),
        TradeId = 1,
        Bot = new BotId(bot),
        Instrument = new InstrumentId(instrument),
        Side = side,
        Price = new PriceTicks(10_000 + lots),
        Size = new SizeLots(lots),
        Fee = 0.01m,
        FeeAsset = Quote,
        Time = default,
    };

    private static Instrument Market(int id, string coin, InstrumentKind kind) => new(new InstrumentId(id), new InstrumentDefinition
    {
        Venue = new VenueId("sim-test"),
        Symbol = coin + "USDT",
        Kind = kind,
        Base = new Asset(coin),
        Quote = Quote,
        TickSize = 0.01m,
        LotSize = 0.001m,
    });
}
