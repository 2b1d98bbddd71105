using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Accounts.Venues;

/// <summary>What happens to the account as a whole is divided among those who hold the instrument, and never given to a bot that does not trade it.</summary>
public sealed class AccountSharesTests : IDisposable
{
    private const string ThreeBots = """
        {
          "name": "test", "venue": "sim-x-linear", "slippage_bps": 0,
          "bots": [
            { "name": "one", "strategy": "RSI_CROSS", "symbol": "AAAUSDT" },
            { "name": "two", "strategy": "RSI_CROSS", "symbol": "BBBUSDT" },
            { "name": "three", "strategy": "EMA_CROSS", "symbol": "BBBUSDT" }
          ]
        }
        """;

    private static readonly InstrumentId Bbb = new(1);

    private readonly TemporaryFolder _folder = new();
    private readonly TradingAccount _account;
    private long _trades;

    public AccountSharesTests() => _account = AccountScenario.Plan(ThreeBots).NewAccount(Path.Combine(_folder.Path, "journal"));

    public void Dispose()
    {
        _account.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Liquidation_TakesFromEachWhatItHolds_WithItsPartOfTheFee()
    {
        Hold(1, 3);
        Hold(2, 1);
        IReadOnlyList<ExecutionReport> parts = AccountShares.Of(OfAccount(OrderSide.Sell, 4, fee: 0.10000001m), _account);
        parts.Select(static part => (part.Bot.Index, part.Size.Value, part.Fee)).ShouldBe([(1, 3, 0.07500001m), (2, 1, 0.025m)]);
        parts.ShouldAllBe(static part => part.Kind == ExecutionKind.Liquidated && part.Instrument == Bbb && part.Side == OrderSide.Sell);
        parts[0].TradeId.ShouldNotBe(parts[1].TradeId);
        Take(parts);
        (Held(1), Held(2)).ShouldBe((0, 0));
    }

    [Fact]
    public void SaleOfAPart_TakesFromTheFirstThatHolds_AndNothingFromWhoIsShort()
    {
        Hold(1, -2);
        Hold(2, 5);
        Take(AccountShares.Of(OfAccount(OrderSide.Sell, 4), _account));
        (Held(0), Held(1), Held(2)).ShouldBe((0, -2, 1));
    }

    [Fact]
    public void WhatNobodyHeld_GoesToTheFirstThatTradesTheInstrument()
    {
        Take(AccountShares.Of(OfAccount(OrderSide.Buy, 2), _account));
        (Held(0), Held(1), Held(2)).ShouldBe((0, 2, 0), "not to the first bot of the account, which does not know the instrument");
    }

    [Fact]
    public void ToldAgain_IsNotDividedAgain()
    {
        Hold(1, 3);
        ExecutionReport whole = OfAccount(OrderSide.Sell, 3);
        Take(AccountShares.Of(in whole, _account));
        Hold(2, 3);
        AccountShares.Of(in whole, _account).ShouldBeEmpty();
    }

    private long Held(int bot) => _account.Engine.Portfolio.Position(new BotId(bot), Bbb).Size.Value;

    private void Hold(int bot, long lots) => Take([OfAccount(lots > 0 ? OrderSide.Buy : OrderSide.Sell, Math.Abs(lots)) with { Bot = new BotId(bot), Kind = ExecutionKind.Adjusted }]);

    private void Take(IReadOnlyList<ExecutionReport> reports)
    {
        foreach (ExecutionReport report in reports)
        {
            _account.Engine.Process(in report);
        }
    }

    private ExecutionReport OfAccount(OrderSide side, long lots, decimal fee = 0) => new()
    {
        Kind = ExecutionKind.Liquidated,
        Order = default,
        Bot = ExecutionReport.OfAccount,
        Instrument = Bbb,
        Side = side,
        TradeId = ++_trades,
        Price = new PriceTicks(200),
        Size = new SizeLots(lots),
        Fee = fee,
        FeeAsset = new Asset("USDT"),
        Time = AccountScenario.Begin,
        ReceivedTime = AccountScenario.Begin,
    };
}
