using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Accounts;

/// <summary>The limits of a configured account: they hold, are told, and come back from a crash as they were.</summary>
public sealed class AccountRiskTests : IDisposable
{
    // One contract at leverage 2 that buys nearly all it can at the first chance: 1.8 times its equity.
    private const string Settings = """
        {
          "name": "test", "venue": "sim-x-linear", "slippage_bps": 0, "maker_fee_bps": 0, "taker_fee_bps": 0, "leverage": 2,
          "risk": { "max_drawdown": 0.25, "on_drawdown": "refuse", "max_daily_loss": "none", "max_position_fraction": "none", "price_collar": "none" },
          "bots": [ { "name": "one", "strategy": "RSI_CROSS", "parameters": { "period": 2, "oversold": 45, "overbought": 55 }, "symbol": "AAAUSDT", "size": "fraction:0.9", "stop_loss": "none", "take_profit": "none" } ]
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Drawdown_IsToldAndSurvivesACrash()
    {
        List<AlertKind> alerts = [];
        AccountHome home = new(_folder.Path, AccountScenario.Plan(Settings));
        TradingAccount account = home.Open(AccountScenario.Begin).Account;
        home.BeginSession(account);
        account.Alerted = alert => alerts.Add(alert.Kind);

        // The price falls, and the bot buys on the way what 1.8 times its equity pays for. A fall of a sixth then costs 30 %.
        Feed(account, [.. Enumerable.Range(0, 12).Select(static i => 106.0m - i), 95, 79]);

        alerts.ShouldBe([AlertKind.DrawdownReached]);
        account.Engine.Risk.State.ShouldBe(TradingState.Halted);
        account.Engine.Risk.Barred.Value.ShouldBeGreaterThan(0.25m);
        byte[] state = account.Save();
        account.Dispose();

        using TradingAccount again = new AccountHome(_folder.Path, AccountScenario.Plan(Settings)).Open(AccountScenario.Begin).Account;
        again.Save().ShouldBe(state);
        again.Engine.Risk.State.ShouldBe(TradingState.Halted);
        again.Engine.Risk.Barred.Rule.ShouldBe(DenyRule.MaxDrawdown);
    }

    private static void Feed(TradingAccount account, params decimal[] closes)
    {
        Instrument instrument = account.Plan.Instruments[0];
        Timestamp open = AccountScenario.Begin;
        foreach (decimal close in closes)
        {
            PriceTicks price = instrument.ToTicks(close);
            Bar bar = new()
            {
                OpenTime = open,
                Open = price,
                High = price,
                Low = price,
                Close = price,
                Volume = 1e9,
                Spec = account.Plan.IntervalOf(instrument),
                Instrument = instrument.Id,
            };
            account.Handle(in bar);
            open += TimeSpan.FromMinutes(1);
        }
    }
}
