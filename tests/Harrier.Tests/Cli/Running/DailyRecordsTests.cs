using System.CommandLine;
using System.Text.Json;
using Harrier.Api.Hosting;
using Harrier.Cli.Running;
using Harrier.Cli.Verbs;
using Harrier.Domain;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Running;

/// <summary>What is done once a day with the records, and the archive on request.</summary>
public sealed class DailyRecordsTests : IDisposable
{
    private static readonly Timestamp Noon = Timestamp.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Look_OnceADay_WritesTheFilesOfEachAccount_AndArchivesTheOldestTrades()
    {
        using RecordStore store = Filled();
        DailyRecords daily = new(Request(keep: 2), store, static () => ["alpha"], Assert.Fail);
        daily.Look(Noon).ShouldBeNull("the first look notes the day");
        daily.Look(Noon + TimeSpan.FromHours(11.9)).ShouldBeNull();
        string[] before = Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [];
        before.ShouldBeEmpty();
        await (daily.Look(Noon + TimeSpan.FromHours(12)) ?? throw new InvalidOperationException("a day has ended"));
        daily.Look(Noon + TimeSpan.FromHours(13)).ShouldBeNull("once a day");

        string[] files = [.. Directory.GetFiles(Folder).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        files.Length.ShouldBe(3);
        files.Select(static file => file.Split('_')[0]).ShouldBe(["equity", "snapshot", "trades"]);
        string trades = await File.ReadAllTextAsync(Directory.GetFiles(Folder, "trades_*.csv").Single(), TestContext.Current.CancellationToken);
        trades.TrimEnd('\n').Split('\n').Length.ShouldBe(4, "a head and three trades: the files hold all of them");
        using JsonDocument snapshot = JsonDocument.Parse(await File.ReadAllTextAsync(Directory.GetFiles(Folder, "snapshot_*.json").Single(), TestContext.Current.CancellationToken));
        snapshot.RootElement.GetProperty("trades").GetInt32().ShouldBe(3);
        store.Trades(new RecordFilter()).Select(static row => row.Number).ShouldBe([2, 3]);
        store.Trades(new RecordFilter { WithArchived = true }).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Look_FolderThatCannotBeMade_IsAWarning()
    {
        using RecordStore store = Filled();
        await File.WriteAllTextAsync(Path.Combine(_home.Path, "performance"), "in the way", TestContext.Current.CancellationToken);
        List<string> warnings = [];
        new DailyRecords(Request(keep: null), store, static () => ["alpha"], warnings.Add).Run(Noon);
        warnings.ShouldHaveSingleItem().ShouldStartWith("warning: performance files and archive: ");
    }

    [Theory]
    [InlineData("--keep 1", 0, "2 trades archived\n", "")]
    [InlineData("--keep 5", 0, "0 trades archived\n", "")]
    [InlineData("--keep 0", 2, "", "error: keep: 0: a whole number from 1\n")]
    public void Archive_PutsAllButTheNewestAway_AndAllShowsThem(string options, int code, string output, string errors)
    {
        Filled().Dispose();
        (int Code, string Output, string Errors) archived = Invoke($"archive {options} --home {_home.Path}");
        archived.ShouldBe((code, output, errors));
        int left = 3 - (output.Length > 0 ? output[0] - '0' : 0);
        using JsonDocument shown = JsonDocument.Parse(Invoke($"--home {_home.Path} --json").Output);
        shown.RootElement.GetArrayLength().ShouldBe(left);
        using JsonDocument all = JsonDocument.Parse(Invoke($"--home {_home.Path} --all --json").Output);
        all.RootElement.EnumerateArray().Select(static row => row.GetProperty("id").GetInt64()).ShouldBe([1, 2, 3]);
    }

    private string Folder => Path.Combine(_home.Path, "performance", "alpha");

    private static (int Code, string Output, string Errors) Invoke(string arguments)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        Command trades = RecordsVerbs.CreateTrades(new Option<bool>("--verbose"));
        int code = trades.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }

    private RunRequest Request(int? keep) => new(_home.Path, new RunSettings([]) { KeepTrades = keep })
    {
        Service = new ApiOptions { Port = 0, Version = "test" },
        Reread = static () => new RunSettings([]),
    };

    private RecordStore Filled()
    {
        RecordStore store = RecordStore.Open(Path.Combine(_home.Path, "records.db"), Noon);
        store.Claim(new AccountRow("alpha", _home.Path, "sim-x", Noon));
        store.Write("alpha", new RecordBatch
        {
            Trades = [.. Enumerable.Range(1, 3).Select(static number => Trade(number))],
            Equity = [new EquityRow { Bot = "trend", Time = Noon, Equity = 1000, Pnl = 0 }, new EquityRow { Bot = "trend", Time = Noon + TimeSpan.FromHours(1), Equity = 990, Pnl = -10 }],
        });
        return store;
    }

    private static TradeRow Trade(int number) => new()
    {
        Number = number,
        Bot = "trend",
        Symbol = "BTCUSDT",
        Side = "long",
        EntryTime = Noon,
        ExitTime = Noon + TimeSpan.FromMinutes(number),
        EntryPrice = 100,
        ExitPrice = 101,
        Quantity = 1,
        Pnl = 1,
        ExitReason = "signal",
    };
}
