using System.Globalization;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Exchanges.Tests.VenueAccounts;

/// <summary>A bot that is long and one that is short on one contract of one account: the venue knows only the sum, and takes no order as reducing.</summary>
public sealed class SharedPositionTests
{
    private static readonly BotId Long = new(0);
    private static readonly BotId Short = new(1);

    [Theory]
    [InlineData("binance-usdm")]
    [InlineData("bybit-linear")]
    public async Task LongAndShort_WhoseStopsFireWhileTheyAreClosed_LeaveNothing(string venue)
    {
        await using AccountScene scene = await AccountScene.StartAsync(venue);
        await using AccountLife life = await scene.LiveAsync(parts => parts with { Settings = Pair(scene, venue) });
        await life.Sound();
        life.Bar(65_000m);
        life.Bar(65_000m);
        life.Bar(65_000m);
        await OrderAsync(life, "long", "buy");
        await OrderAsync(life, "short", "sell");
        await Becomes(life, scene, () => Held(life, Long) == 0.1m && Held(life, Short) == -0.1m && Stops(life) == "0 Accepted, 1 Accepted", "a pair with stops");
        scene.Exchange.TruePosition().ShouldBe(0m, "at the venue they are nothing together");

        // The venue fills the stop of the long one while its exit is on the way.
        Move(scene, isUp: false, 64_600m);
        life.Bar(64_600m);
        await CloseAsync(life, "long");
        await Becomes(life, scene, () => Held(life, Long) == 0 && Stops(life) == "1 Accepted", "the long one is out, and the short one has its stop");
        Held(life, Short).ShouldBe(-0.1m);

        // And the stop of the short one in the middle of a panic.
        Move(scene, isUp: true, 65_500m);
        life.Bar(65_500m);
        Task<CommandAnswer> panic = life.AskAsync(new AccountCommand(AccountOrder.Panic, "short", "ann", "a test"));
        life.Step();
        (await panic).IsDone.ShouldBeTrue();
        await Becomes(life, scene, () => Held(life, Short) == 0 && life.Working.Count == 0, "nothing is left");
        scene.Exchange.TruePosition().ShouldBe(0m);
        life.Status.Risk.State.ShouldBe(TradingState.Active, life.Told);
    }

    // Strategies that say nothing on so few bars: the orders are a person's.
    private static AccountSettings Pair(AccountScene scene, string venue) => AccountLife.Read(
        $$"""
        {
          "name": "test", "venue": "{{venue}}", "mode": "demo", "endpoint": "{{scene.Exchange.Origin.GetLeftPart(UriPartial.Authority)}}", "key_file": "none", "durability": "process",
          "bots": [
            { "name": "long", "strategy": "EMA_CROSS", "parameters": { "fast": 50, "slow": 100 }, "symbol": "BTCUSDT", "interval": "1s", "balance": 20000, "stop_loss": 0.005, "take_profit": "none" },
            { "name": "short", "strategy": "EMA_CROSS", "parameters": { "fast": 50, "slow": 100 }, "symbol": "BTCUSDT", "interval": "1s", "balance": 20000, "stop_loss": 0.005, "take_profit": "none" }
          ]
        }
        """,
        venue);

    private static async Task OrderAsync(AccountLife life, string bot, string side)
    {
        Task<CommandAnswer> answer = life.AskAsync(new AccountCommand(AccountOrder.Trade, bot, "ann", "a test") { Changes = [new("side", side), new("quantity", "0.1")] });
        life.Step();
        CommandAnswer said = await answer;
        said.IsDone.ShouldBeTrue(said.Text);
    }

    // The news of its stop may be here already: then there is nothing to close any more.
    private static async Task CloseAsync(AccountLife life, string bot)
    {
        Task<CommandAnswer> answer = life.AskAsync(new AccountCommand(AccountOrder.Trade, bot, "ann", "a test") { Changes = [new("side", "close")] });
        life.Step();
        _ = await answer;
    }

    // Others trade through the book up to a price, which becomes the last one.
    private static void Move(AccountScene scene, bool isUp, decimal price)
    {
        scene.Exchange.House(isSell: isUp, price + (isUp ? 10m : -10m), 2_000m);
        scene.Exchange.House(isSell: isUp, price, 5m);
        scene.Exchange.House(isSell: !isUp, price, 1_000m);
    }

    private static decimal Held(AccountLife life, BotId bot) => life.Instrument.ToDecimal(life.Account.Engine.Portfolio.Position(bot, life.Instrument.Id).Size);

    private static string Stops(AccountLife life) => string.Join(", ", life.Working.OrderBy(static order => order.Bot.Index).Select(static order => string.Create(CultureInfo.InvariantCulture, $"{order.Bot.Index} {order.State}")));

    // In the end the account holds what its bots hold, and has no order that they do not know.
    private static Task Becomes(AccountLife life, AccountScene scene, Func<bool> condition, string what) => life.Becomes(
        () => condition() && Held(life, Long) + Held(life, Short) == scene.Exchange.TruePosition()
            && life.Working.Select(static order => order.Id.ToString()).Order(StringComparer.Ordinal).SequenceEqual(scene.Exchange.TrueOpenClientIds().Order(StringComparer.Ordinal)),
        $"{what}, of {Held(life, Long)} and {Held(life, Short)}, at the venue {scene.Exchange.TruePosition()}");
}
