using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Tests.Storage.Records;

/// <content>Configuration and decisions of portfolio bots.</content>
public abstract partial class RecordStoreTests
{
    [Fact]
    public void Decision_IsBroughtUpToDate_ToTheLastDigit()
    {
        using RecordStore store = Open();
        DecisionRow pending = Decision(1);
        store.Write("alpha", new RecordBatch { Decisions = [pending] });
        store.Decisions(new RecordFilter(), "PENDING").ShouldBe([pending with { Account = "alpha" }]);

        DecisionRow executed = pending with { Status = "EXECUTED", Amount = 0.123456789012345678m, Received = 15_000.10m, Result = "completed", TransactionId = "t-1", ExecutedAt = Noon + TimeSpan.FromMinutes(2) };
        store.Write("alpha", new RecordBatch { Decisions = [executed] });
        store.Decisions(new RecordFilter()).ShouldBe([executed with { Account = "alpha" }]);
        store.Decisions(new RecordFilter(), "PENDING").ShouldBeEmpty();
        store.Decisions(new RecordFilter())[0].Received!.Value.Scale.ShouldBe((byte)2);
    }

    [Fact]
    public void ArchiveOfDecisions_KeepsTheNewestAndWhatIsPending()
    {
        using RecordStore store = Open();
        DecisionRow[] rows = [Decision(1), .. Enumerable.Range(2, 104).Select(static number => Decision(number) with { Status = "EXECUTED" })];
        store.Write("alpha", new RecordBatch { Decisions = rows });
        store.ArchiveDecisions(100, Noon).ShouldBe(4);
        store.ArchiveDecisions(100, Noon).ShouldBe(0);
        store.Decisions(new RecordFilter()).Select(static row => row.Number).ShouldBe([1, .. Enumerable.Range(6, 100).Select(static number => (long)number)]);
        store.Decisions(new RecordFilter { WithArchived = true }).Count.ShouldBe(105);
        store.Decisions(new RecordFilter { Symbol = "ETH" }).ShouldBeEmpty();
        store.Decisions(new RecordFilter { Newest = 2 }).Select(static row => row.Number).ShouldBe([104, 105]);
    }

    [Fact]
    public void SettingsOfABot_AreChangedInOneStep_OrNotAtAll()
    {
        using RecordStore store = Open();
        store.ChangePortfolioBot(("alpha", "bold"), before => before is null ? "{}" : throw new InvalidOperationException("it was there"), Noon);
        store.ChangePortfolioBot(("alpha", "shy"), static _ => "{\"a\":\"1\"}", Noon);
        store.ChangePortfolioBot(("alpha", "bold"), static before => before + "!", Noon + TimeSpan.FromSeconds(1));
        store.ChangePortfolioBot(("alpha", "bold"), static _ => null, Noon + TimeSpan.FromSeconds(2));
        store.PortfolioBots("alpha").ShouldBe([new PortfolioBotRow("alpha", "bold", "{}!", Noon + TimeSpan.FromSeconds(1)), new PortfolioBotRow("alpha", "shy", "{\"a\":\"1\"}", Noon)]);
        store.PortfolioBots("beta").ShouldBeEmpty();
        store.PortfolioBots(null).Count.ShouldBe(2);
    }

    [Fact]
    public void Pairs_AreListedByPriority_AndSwitched()
    {
        using RecordStore store = Open();
        store.PutPairs([new PairRow("alpha", "ETH-USD", 90, true), new PairRow("alpha", "BTC-USD", 100, true), new PairRow("alpha", "ADA-USD", 90, false)]);
        store.EnablePair("alpha", "ETH-USD", isEnabled: false).ShouldBeTrue();
        store.EnablePair("alpha", "XRP-USD", isEnabled: true).ShouldBeFalse();
        store.PutPairs([new PairRow("alpha", "BTC-USD", -1, true)]);
        store.Pairs("alpha").ShouldBe([new PairRow("alpha", "ADA-USD", 90, false), new PairRow("alpha", "ETH-USD", 90, false), new PairRow("alpha", "BTC-USD", -1, true)]);
        store.Pairs("beta").ShouldBeEmpty();
    }

    private static DecisionRow Decision(long number) => new()
    {
        Number = number,
        Bot = "bold",
        FromAsset = "BTC",
        ToAsset = "USD",
        Decision = "SELL",
        Status = "PENDING",
        Amount = 0.50m,
        FromPrice = 45_050.25m,
        ToPrice = 1m,
        Confidence = 0.85,
        Risk = 0.3,
        Volatility = 0.02,
        ExpectedReturn = 0.025,
        Reason = "BTC>USD: all gates pass",
        CreatedAt = Noon + TimeSpan.FromMinutes(number),
    };
}
