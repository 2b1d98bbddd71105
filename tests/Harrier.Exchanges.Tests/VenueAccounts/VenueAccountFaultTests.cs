using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Storage.Journal;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.VenueAccounts;

/// <summary>What the world does to an account at a venue: the venue is away, its stream is lost, disks are full, files are damaged.</summary>
public sealed class VenueAccountFaultTests
{
    private const string Venue = "binance-usdm";

    [Fact]
    public async Task VenueAwayAtTheStart_IsWaitedFor_AndNothingIsHeardMeanwhile()
    {
        await using AccountScene scene = await AccountScene.StartAsync(Venue);
        await using AccountLife life = await scene.LiveAsync(parts =>
        {
            scene.Exchange.Faults.Add(new FaultPlan(FaultKind.ServerError) { Match = "/account" });
            return parts;
        });
        await life.Becomes(() => life.Told.Contains("waits for its venue, nothing is traded meanwhile", StringComparison.Ordinal), "the wait");
        Timestamp before = life.Account.Engine.Time.Now;
        life.Bar(65_000m);
        life.Bar(66_000m);
        (life.Account.Engine.Time.Now, life.Working.Count).ShouldBe((before, 0), "no bar was heard");
        life.Status.AtVenue!.IsSound.ShouldBeFalse();
        life.Status.AtVenue.Trouble.ShouldNotBeNull();

        scene.Exchange.Faults.Clear();
        await life.Sound();
        life.Status.Risk.State.ShouldBe(TradingState.Active);
    }

    [Fact]
    public async Task Panic_WhileTheVenueWasNotReadYet_IsTakenAtOnce_AndLeavesAsSoonAsItWas()
    {
        await using AccountScene scene = await AccountScene.StartAsync(Venue);
        await using (AccountLife first = await scene.LiveAsync())
        {
            await first.EnterAsync();
        }

        scene.Exchange.TruePosition().ShouldBeGreaterThan(0);
        Func<AccountParts, AccountParts> away = parts =>
        {
            scene.Exchange.Faults.Add(new FaultPlan(FaultKind.ServerError) { Match = "/account" });
            return parts;
        };
        await using (AccountLife second = await scene.LiveAsync(away))
        {
            await second.Becomes(() => second.Told.Contains("waits for its venue", StringComparison.Ordinal), "the wait");
            Task<CommandAnswer> pause = second.AskAsync(new AccountCommand(AccountOrder.Pause, "one", "me", ""));
            Task<CommandAnswer> panic = second.AskAsync(new AccountCommand(AccountOrder.Panic, null, "me", "get out"));
            second.Step();
            (await pause).IsDone.ShouldBeFalse();
            (await panic).ShouldBe(new CommandAnswer(true, "all bots cancel their orders and leave their positions as soon as the venue was read; nothing is opened"));
            second.Status.Bots[0].State.ShouldBe(BotState.Emergency);
            scene.Exchange.TrueOpenClientIds().ShouldHaveSingleItem("nothing leaves yet: the stop still guards the position");
        }

        // Killed meanwhile: the order stands.
        await using AccountLife third = await scene.LiveAsync(away);
        await third.Becomes(() => third.Told.Contains("waits for its venue", StringComparison.Ordinal), "the wait");
        third.Status.Bots[0].State.ShouldBe(BotState.Emergency);
        scene.Exchange.Faults.Clear();
        await third.Sound();
        await third.Becomes(() => third.Status.Bots[0].State == BotState.Stopped && scene.Exchange.TruePosition() == 0 && scene.Difference(third) is null, "flat, and the bot stopped");
        scene.Exchange.TrueOpenClientIds().ShouldBeEmpty();
        third.Rise();
        third.Working.ShouldBeEmpty();
        scene.Exchange.TruePosition().ShouldBe(0);
    }

    [Fact]
    public async Task StreamLost_BarsEntriesAndNoExits_UntilTheAccountWasReadAgain()
    {
        await using AccountScene scene = await AccountScene.StartAsync(Venue);
        await using AccountLife life = await scene.LiveAsync();
        await life.EnterAsync();

        scene.Exchange.Faults.Add(new FaultPlan(FaultKind.ServerError) { Match = "openOrders" });
        scene.Exchange.Faults.Add(new FaultPlan(FaultKind.Cut) { Match = "ORDER_TRADE_UPDATE", Count = 1 });
        life.Fall();

        // The exit trades though its news are lost; what the strategy opens next does not leave.
        bool IsFlat() => scene.Exchange.TruePosition() == 0 && life.Account.Engine.Portfolio.Position(default, life.Instrument.Id).IsFlat;
        await life.Becomes(() => life.Status.AtVenue is { IsSound: false } && IsFlat(), "the loss");
        life.Rise();
        life.Account.Engine.Denials[DenyRule.PictureLost].ShouldBeGreaterThan(0);
        scene.Exchange.TruePosition().ShouldBe(0);

        scene.Exchange.Faults.Clear();
        await life.Sound();
        await life.Becomes(() => scene.Difference(life) is null, "orders and positions of the exchange");
    }

    [Fact]
    public async Task F36_JournalCutOffAtAnyByte_TheReportsThatItLostComeFromTheAccount()
    {
        await using AccountScene scene = await AccountScene.StartAsync(Venue);
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
        }

        // Everything after the decision to enter is lost to the engine: its fill, its stop.
        string journal = scene.NewestJournal();
        long cut = new JournalReader(Path.GetDirectoryName(journal)!).Records().First(static record => record.Type == JournalRecordType.Submitted).Offset;
        using (FileStream file = new(journal, FileMode.Open, FileAccess.Write))
        {
            file.SetLength(cut + 5);
        }

        await using AccountLife second = await scene.LiveAsync();
        await second.Sound();
        await second.Becomes(() => scene.Difference(second) is null && second.Working is [{ State: OrderState.Accepted, Intent.Purpose: OrderPurpose.StopLoss }], "the position, and one stop");
    }

    [Fact]
    public async Task F38_BitFlippedInTheJournal_IsNamed_AndNothingIsOpened()
    {
        await using AccountScene scene = await AccountScene.StartAsync(Venue);
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
        }

        string journal = scene.NewestJournal();
        byte[] bytes = await File.ReadAllBytesAsync(journal, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 0x10;
        await File.WriteAllBytesAsync(journal, bytes, TestContext.Current.CancellationToken);
        IReadOnlyList<string> orders = scene.Exchange.TrueOrders();

        AccountStateException refused = await Should.ThrowAsync<AccountStateException>(() => scene.LiveAsync());
        refused.Message.ShouldContain(Path.GetFileName(journal));
        scene.Exchange.TrueOrders().ShouldBe(orders);
        scene.Exchange.TrueOpenClientIds().ShouldHaveSingleItem("the stop still guards the position");
    }

    [Fact]
    public async Task F43_SnapshotDamaged_IsNamed_AndNothingIsOpened()
    {
        await using AccountScene scene = await AccountScene.StartAsync(Venue);
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
        }

        string snapshot = Path.Combine(Path.GetDirectoryName(scene.NewestJournal())!, "start.snapshot");
        byte[] bytes = await File.ReadAllBytesAsync(snapshot, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(snapshot, bytes, TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<AccountStateException>(() => scene.LiveAsync())).Message.ShouldContain("start.snapshot");
    }

    [Fact]
    public async Task F40_DiskFull_NothingIsOpened_ExitsGoOn_AndTheNextStartIsRight()
    {
        await using AccountScene scene = await AccountScene.StartAsync(Venue);
        scene.ShrinkDisk();
        AccountLife life = await scene.LiveAsync();
        await life.EnterAsync();
        scene.FillDisk();
        for (int bar = 0; life.Account.JournalFailure is null; bar++)
        {
            // What is left of the last page takes some of them.
            bar.ShouldBeLessThan(500);
            life.Bar(65_100m);
        }

        life.Fall();
        await life.Becomes(() => life.Account.Engine.Portfolio.Position(default, life.Instrument.Id).IsFlat && scene.Exchange.TruePosition() == 0, "the exit");
        life.Told.ShouldContain("a journal cannot be written");
        int taken = scene.Exchange.TrueOrders().Count;
        life.Rise();
        life.Status.Risk.State.ShouldBe(TradingState.Halted);
        scene.Exchange.TrueOrders().Count.ShouldBe(taken, "nothing more was sent");
        life.Account.Engine.Denials[DenyRule.Halted].ShouldBeGreaterThan(0);
        await life.DisposeAsync();

        scene.FreeDisk();
        await using AccountLife second = await scene.LiveAsync();
        await second.Becomes(() => second.Status.AtVenue is { IsSound: true } && scene.Difference(second) is null, "the truth, fees of the exit included");
        second.Account.Engine.Portfolio.Position(default, second.Instrument.Id).IsFlat.ShouldBeTrue();
        second.Account.Plan.Identity.Run.ShouldBeGreaterThan(life.Account.Plan.Identity.Run, "no id comes again");
    }
}
