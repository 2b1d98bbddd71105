using Harrier.Cli.Running;
using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Running;

public sealed class PortfolioReloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordStore _records;
    private readonly PortfolioStore _store;
    private readonly PortfolioAccountSettings _first;
    private readonly PortfolioReload _reload;

    public PortfolioReloadTests()
    {
        _records = RecordStore.Open(Path.Combine(_folder.Path, "records.db"), new Timestamp(1));
        _store = new PortfolioStore(_records, "portfolio");
        _first = new PortfolioAccountSettings { Venue = "x-spot", Bots = [new ConfiguredBot("bold", new PortfolioSettings { CheckIntervalSeconds = 5 })], Pairs = [TradingPair.Parse("BTC-USDT", 100), TradingPair.Parse("ETH-USDT", 90)] };
        _store.Change("bold", [KeyValuePair.Create("check_interval_seconds", "5"), KeyValuePair.Create("risk_tolerance", "0.4")], new Timestamp(1)).Faults.ShouldBeEmpty();
        _store.Put(_first.Pairs);
        _reload = new PortfolioReload(_records, [_first], TimeProvider.System);
    }

    public void Dispose()
    {
        _records.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Carry_ChangesWhatTheFileChanges_AndNothingElse()
    {
        PortfolioAccountSettings now = _first with
        {
            Bots = [new ConfiguredBot("bold", new PortfolioSettings { CheckIntervalSeconds = 9 }), new ConfiguredBot("timid", new PortfolioSettings { RiskTolerance = 0.1 })],
            Pairs = [TradingPair.Parse("BTC-USDT", 100), TradingPair.Parse("SOL-USDT", 90)],
        };
        _reload.Objections([now]).ShouldBeEmpty();
        _reload.Carry([now]).ShouldBe(["portfolio: bold: check_interval_seconds 9; timid: new; SOL-USDT; ETH-USDT is looked at no more"]);
        PortfolioSettings bold = _store.Find("bold")!;
        (bold.CheckIntervalSeconds, bold.RiskTolerance).ShouldBe((9, 0.4), "what was set by hand and is the same in the file as before stays");
        _store.Find("timid")!.RiskTolerance.ShouldBe(0.1);
        _store.Pairs().Where(static pair => pair.IsEnabled).Select(static pair => pair.Symbol).ShouldBe(["BTC-USDT", "SOL-USDT"], ignoreOrder: true);
        _reload.Carry([now]).ShouldBeEmpty("nothing is new in it any more");
    }

    [Fact]
    public void Objections_NameWhatNeedsANewStart()
    {
        PortfolioAccountSettings elsewhere = _first with { Venue = "y-spot", Pairs = [TradingPair.Parse("USDT-BTC")] };
        _reload.Objections([elsewhere, _first with { Name = "other" }]).ShouldBe(
        [
            "portfolios: portfolio: venue, endpoint, key_file, fee or max_position_notional changed: as before while it runs; stop the run and start it to change them",
            "portfolios: portfolio: USDT-BTC: a pair that is not there as BTC-USDT",
            "portfolios: other: new: the same accounts while it runs; stop the run and start it to change them",
        ]);
        _reload.Objections([]).ShouldHaveSingleItem().ShouldStartWith("portfolios: portfolio: gone: ");
    }
}
