using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Accounts;

/// <summary>A paper account with a bot on spot-like bars and one on a contract, fed with the same random bars every time.</summary>
internal static class AccountScenario
{
    public static readonly Timestamp Begin = new(1_000_000 * 60 * Timestamp.NanosPerSecond);

    private const string Settings = """
        {
          "name": "test", "venue": "sim-x-linear", "slippage_bps": 0,
          "bots": [
            { "name": "one", "strategy": "RSI_CROSS", "parameters": { "period": 3, "oversold": 45, "overbought": 55 }, "symbol": "AAAUSDT", "size": "fraction:0.5" },
            { "name": "two", "strategy": "EMA_CROSS", "parameters": { "fast": 2, "slow": 4 }, "symbol": "BBBUSDT", "trailing_stop": 0.01 }
          ]
        }
        """;

    public static SettingsReader Reader { get; } = new(new StrategyCatalog(typeof(MeanReversion).Assembly), ["sim-x-linear", "sim-y-spot"]);

    public static AccountPlan Plan(string settings = Settings)
    {
        AccountSettings account = Reader.ReadAccount(ConfigurationTree.Parse("test", settings));
        return new AccountPlan(account, [.. account.Symbols.Select(Define)], "test");
    }

    public static AccountPlan PlanWithOtherBalance() => Plan(Settings.Replace("\"size\": \"fraction:0.5\"", "\"balance\": 7", StringComparison.Ordinal));

    /// <summary>Bars of both symbols and a heartbeat after each pair, as an account is fed.</summary>
    public static IReadOnlyList<Action<TradingAccount>> Inputs(int pairs)
    {
        AccountPlan plan = Plan();
        List<Action<TradingAccount>> inputs = [];
        BarSeries[] series = [.. plan.Instruments.Select((instrument, i) => RandomBars.Minutes(pairs, 7 + i, 1_000_000, instrument: instrument))];
        for (int i = 0; i < pairs; i++)
        {
            foreach (BarSeries one in series)
            {
                Bar bar = one[i];
                inputs.Add(account => account.Handle(in bar));
            }

            Heartbeat beat = new(series[0][i].CloseTime, TimeSpan.Zero);
            inputs.Add(account => account.Handle(in beat));
        }

        return inputs;
    }

    private static Instrument Define(string symbol, int index) => new(new InstrumentId(index), new InstrumentDefinition
    {
        Venue = new VenueId("sim-x-linear"),
        Symbol = symbol,
        Kind = InstrumentKind.LinearPerpetual,
        Base = new Asset(symbol[..3]),
        Quote = new Asset("USDT"),
        TickSize = 0.5m,
        LotSize = 0.001m,
        MaintenanceMarginRate = 0.01m,
    });
}
