using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;
using Harrier.Simulation.Randomness;
using Harrier.Storage.Journal;
using static Harrier.Tests.Engine.Execution.Conversions.ConversionScene;

namespace Harrier.Tests.Engine.Execution.Conversions;

/// <summary>A conversion's way through the engine: let through, held back, booked once, also across a restart.</summary>
public sealed class ConversionDeskTests
{
    [Fact]
    public void Request_LetThrough_HoldsBackWhatItCosts()
    {
        ConversionScene scene = new();

        ConversionDecision decision = scene.Request(1);

        decision.Approved.ShouldNotBeNull().Conversion.From.ShouldBe(new Money(100, Usd));
        scene.Balance(LedgerAccount.Free, Usd).ShouldBe(900);
        scene.Balance(LedgerAccount.Locked, Usd).ShouldBe(100);
        scene.Engine.Conversions.Open.Single().Id.ShouldBe(Id(1));
        scene.ShouldBalance();
    }

    [Fact]
    public void Done_AfterItsRequest_BooksBothAssetsDoubleEntry()
    {
        ConversionScene scene = new();
        scene.Request(1);

        scene.Done(1);

        scene.Owned(Usd).ShouldBe(900);
        scene.Owned(Btc).ShouldBe(2.001m);
        scene.Balance(LedgerAccount.Locked, Usd).ShouldBe(0);
        scene.Balance(LedgerAccount.Trading, Usd).ShouldBe(100);
        scene.Balance(LedgerAccount.Trading, Btc).ShouldBe(-0.001m);
        scene.Engine.Conversions.Open.ShouldBeEmpty();
        scene.ShouldBalance();
    }

    [Fact]
    public void Done_WithFees_BooksThemToTheFees()
    {
        ConversionScene scene = new();
        scene.Engine.Process(Report(ConversionStage.Done, 1) with { FeeFrom = 2.5m, FeeTo = 0.00001m });

        scene.Owned(Usd).ShouldBe(900);
        scene.Owned(Btc).ShouldBe(2.001m);
        scene.Balance(LedgerAccount.Fees, Usd).ShouldBe(2.5m);
        scene.Balance(LedgerAccount.Fees, Btc).ShouldBe(0.00001m);
        scene.Balance(LedgerAccount.Trading, Usd).ShouldBe(97.5m);
        scene.Balance(LedgerAccount.Trading, Btc).ShouldBe(-0.00101m);
        scene.ShouldBalance();
    }

    [Fact]
    public void Done_OtherAmountsThanQuoted_BooksWhatMoved()
    {
        ConversionScene scene = new();
        scene.Request(1);
        scene.Done(1, from: 99, to: 0.00099m);
        scene.Owned(Usd).ShouldBe(901);
        scene.Owned(Btc).ShouldBe(2.00099m);
        scene.Balance(LedgerAccount.Locked, Usd).ShouldBe(0);
        scene.ShouldBalance();
    }

    [Fact]
    public void Done_ToldAgainAndAgain_IsBookedOnce()
    {
        ConversionScene scene = new();
        scene.Request(1);
        for (int i = 0; i < 5; i++)
        {
            scene.Done(1);
        }

        scene.Owned(Usd).ShouldBe(900);
        scene.Engine.Conversions.Booked.ShouldBe(1);
        scene.Engine.Conversions.Unmatched.ShouldBe(4);
    }

    [Fact]
    public void Done_NobodyHereAskedForIt_IsBookedOnceToo()
    {
        ConversionScene scene = new();
        scene.Done(7);
        scene.Done(7);
        scene.Owned(Usd).ShouldBe(900);
        scene.Engine.Conversions.Booked.ShouldBe(1);
        scene.ShouldBalance();
    }

    [Fact]
    public void NotDone_FreesWhatWasHeldBack()
    {
        ConversionScene scene = new();
        scene.Request(1);
        scene.NotDone(1);
        scene.NotDone(1);
        scene.Balance(LedgerAccount.Free, Usd).ShouldBe(1000);
        scene.Engine.Conversions.Open.ShouldBeEmpty();
        scene.Engine.Conversions.Booked.ShouldBe(0);
        scene.ShouldBalance();
    }

    [Fact]
    public void Done_AfterNotDone_TheVenuesMoneyIsTheTruth()
    {
        ConversionScene scene = new();
        scene.Request(1);
        scene.NotDone(1);
        scene.Done(1);
        scene.NotDone(1);
        scene.Owned(Usd).ShouldBe(900);
        scene.Engine.Conversions.Booked.ShouldBe(1);
        scene.ShouldBalance();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Request_TheSameAgain_IsNotLetThroughTwice(bool hasEnded)
    {
        ConversionScene scene = new();
        scene.Request(1).Approved.ShouldNotBeNull();
        if (hasEnded)
        {
            scene.NotDone(1);
        }

        ConversionDecision again = scene.Request(1, at: 3);

        again.Approved.ShouldBeNull();
        again.Denied.Rule.ShouldBe(DenyRule.Repeated);
    }

    [Fact]
    public void Approved_IsGoodForOneCommit()
    {
        ApprovedConversion approved = new ConversionScene().Request(1).Approved!;
        approved.TryUse().ShouldBeTrue();
        approved.TryUse().ShouldBeFalse();
    }

    [Fact]
    public void Request_MoreThanIsFree_IsDenied()
    {
        ConversionScene scene = new();
        scene.Request(1, from: 600);
        ConversionDecision second = scene.Request(2, from: 600);
        second.Approved.ShouldBeNull();
        second.Denied.ShouldBe(new DenyReason(DenyRule.InsufficientBalance, 600, 400));
        scene.Engine.Conversions.Open.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    public void Request_OfALapsedQuote_IsDenied(double at) => new ConversionScene().Request(1, at: at).Denied.Rule.ShouldBe(DenyRule.QuoteExpired);

    [Fact]
    public void Request_Malformed_IsDenied()
    {
        ConversionScene scene = new();
        ConversionReport good = Report(ConversionStage.Requested, 1);
        foreach (ConversionReport bad in new[]
        {
            good with { From = new Money(0, Usd) },
            good with { From = new Money(-1, Usd) },
            good with { To = new Money(0, Btc) },
            good with { To = new Money(100, Usd) },
            good with { FeeFrom = -1 },
            good with { To = new Money(1, new Asset("NIX")) },
        })
        {
            scene.Engine.Process(bad).Denied.Rule.ShouldBe(DenyRule.Malformed);
        }

        scene.Engine.Conversions.Open.ShouldBeEmpty();
        scene.ShouldBalance();
    }

    [Fact]
    public void Request_WhileHalted_LetsExitsThroughAlone()
    {
        ConversionScene scene = new();
        scene.Engine.Process(new OperatorCommand(OperatorAction.Halt, default, OrderPurpose.Panic, At(0.5)));

        scene.Request(1).Denied.Rule.ShouldBe(DenyRule.Halted);
        scene.Engine.Process(Report(ConversionStage.Requested, 2) with { From = new Money(1, Btc), To = new Money(60_000, Usd) }).Approved.ShouldNotBeNull();
    }

    [Fact]
    public void Request_ThatWouldHoldTooMuch_IsDenied()
    {
        ConversionScene scene = new(new RiskLimits { MaxPositionNotional = 500 });
        scene.Request(1, from: 501).Denied.ShouldBe(new DenyReason(DenyRule.MaxPositionNotional, 501, 500), "without a price it is worth what is given for it");
        scene.Request(2, from: 500).Approved.ShouldNotBeNull();
        scene.NotDone(2);

        scene.Engine.Process(new MarketEvent { Kind = MarketEventKind.Trade, Instrument = new InstrumentId(0), Price = new PriceTicks(25_000), ExchangeTime = At(3), ReceivedTime = At(3) });
        scene.Request(3, from: 1, at: 4).Denied.ShouldBe(new DenyReason(DenyRule.MaxPositionNotional, 500.25m, 500), "all that would be held counts");
    }

    [Fact]
    public void Posting_ThatWouldLoseADigit_StopsTheEngine()
    {
        ConversionScene scene = new();
        scene.Engine.Process(new AccountReport(default, new Money(1_000_000_000_000, Btc), At(1)));
        Should.Throw<InvariantException>(() => scene.Done(1, to: 0.000000000000000001m));
    }

    [Fact]
    public void Restore_BetweenRequestAndEnd_GoesOnWhereItStopped()
    {
        ConversionScene scene = new();
        scene.Request(1);
        scene.Request(2, from: 50);
        scene.Done(3, from: 10);
        byte[] state = scene.Engine.Save();
        TradingEngine before = scene.Engine;

        scene.Engine = Create();
        scene.Engine.Restore(state);

        scene.Engine.StateHash().ShouldBe(before.StateHash());
        scene.Engine.Conversions.Open.ShouldBe(before.Conversions.Open);
        scene.Request(1, at: 3).Approved.ShouldBeNull("what was let through before may have been committed before");
        scene.Done(3, from: 10);
        scene.Done(1);
        scene.NotDone(2);
        scene.Owned(Usd).ShouldBe(890);
        scene.Balance(LedgerAccount.Locked, Usd).ShouldBe(0);
        scene.Engine.Conversions.Booked.ShouldBe(2);
        scene.ShouldBalance();
    }

    [Fact]
    public void Replay_OfAJournal_GivesTheSameStateAndTheSameOpenConversions()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            ConversionScene scene;
            using (FileJournal journal = new(folder, new JournalIdentity("test", "none", [])))
            {
                scene = new ConversionScene(journal: journal);
                scene.Request(1);
                scene.Engine.Process(Report(ConversionStage.Done, 1) with { FeeTo = 0.000000000000000001m });
                scene.Request(2);
                scene.NotDone(2);
                scene.Request(3, from: 1.01m, to: 0.123456789012345678m);
                scene.Request(4, from: 5000);
            }

            TradingEngine? replayed = null;
            ReplayOutcome outcome = JournalReplay.Run(new JournalReader(folder), _ => replayed = Create());

            outcome.StateHash.ShouldBe(scene.Engine.StateHash());
            replayed!.Conversions.Open.ShouldBe(scene.Engine.Conversions.Open);
            replayed.Conversions.Open.Single().To.ShouldBe(new Money(0.123456789012345678m, Btc));
            replayed.DecisionHash.ShouldBe(scene.Engine.DecisionHash);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Reports_ShuffledAndRepeated_EndAtWhatMoved(long seed)
    {
        RandomStream random = new(seed);
        ConversionScene scene = new();
        (decimal usd, decimal btc) = (1000, 2);
        List<ConversionReport> ends = [];
        for (int id = 1; id <= 300; id++)
        {
            bool isAsked = random.NextDouble() < 0.7;
            (decimal from, decimal to) = ((decimal)(int)(random.NextDouble() * 100) / 100 + 0.01m, (decimal)(random.NextDouble() * 1e-6) + 0.000000000000000001m);
            to = decimal.Round(to, 18);
            if (isAsked)
            {
                scene.Engine.Process(Report(ConversionStage.Requested, id, from, to)).Approved.ShouldNotBeNull();
            }

            bool isDone = !isAsked || random.NextDouble() < 0.6;
            ends.AddRange(Enumerable.Repeat(Report(isDone ? ConversionStage.Done : ConversionStage.NotDone, id, from, to), 1 + (int)(random.NextDouble() * 3)));
            (usd, btc) = isDone ? (usd - from, btc + to) : (usd, btc);
        }

        foreach (ConversionReport end in ends.OrderBy(_ => random.NextDouble()).ToArray())
        {
            scene.Engine.Process(end);
        }

        scene.Owned(Usd).ShouldBe(usd);
        scene.Owned(Btc).ShouldBe(btc);
        scene.Balance(LedgerAccount.Locked, Usd).ShouldBe(0);
        scene.Engine.Conversions.Open.ShouldBeEmpty();
        scene.ShouldBalance();
    }
}
