using System.Globalization;
using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Tests.Contract;
using Harrier.Exchanges.Tests.Support;
using Harrier.Simulation.Randomness;
using Harrier.Storage.Accounts;

namespace Harrier.Exchanges.Tests.Crashes;

/// <summary>
/// A real process that trades through its account's journal is killed by SIGKILL and started again on the same journal: in the end the journal's book has the
/// orders, fills, position and balances of the exchange, and the exchange has seen no order twice.
/// </summary>
public sealed class KillTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("harrier-kill-");

    public static TheoryData<string> Venues => ["binance-spot", "binance-usdm", "bybit-spot", "bybit-linear"];

    private string Folder => Path.Combine(_home.FullName, "account");

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task F31_KilledBetweenIntentAndSending_TheOrderIsProvenAbsent(string venue)
    {
        await using ContractRig exchange = await ExchangeAsync(venue);
        await KillAsync(exchange, venue, CrashPoint.BeforeSending, "1 Buy 10 64000");
        exchange.TrueOrders().ShouldBeEmpty();
        await using KillableProcess second = await CrashProcess.StartAsync(Orders(venue, exchange, CrashPoint.Anywhere));
        await second.Says(static lines => lines.Contains("Rejected h00000001-1"), "the proof");
        await second.EndAsync();
        exchange.TrueOrders().ShouldBeEmpty();
        IsTrue(exchange, sent: 1);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task F32_KilledBetweenSendingAndReply_TheOrderIsAdopted(string venue)
    {
        await using ContractRig exchange = await ExchangeAsync(venue);
        await KillAsync(exchange, venue, CrashPoint.BeforeReply, "1 Buy 10 64000");
        exchange.TrueOpenClientIds().ShouldHaveSingleItem();
        await using KillableProcess second = await CrashProcess.StartAsync(Orders(venue, exchange, CrashPoint.Anywhere));
        await second.Says(static lines => lines.Contains("Accepted h00000001-1"), "the adoption");
        await second.EndAsync();
        exchange.TrueOrders().ShouldHaveSingleItem();
        IsTrue(exchange, sent: 1);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task F33_KilledBetweenFillAndBooking_TheFillIsFetchedOnce(string venue)
    {
        await using ContractRig exchange = await ExchangeAsync(venue);
        await KillAsync(exchange, venue, CrashPoint.BeforeBooking, "1 Buy 10 0");
        exchange.TrueFills().ShouldHaveSingleItem();
        for (int start = 0; start < 2; start++)
        {
            await using KillableProcess second = await CrashProcess.StartAsync(Orders(venue, exchange, CrashPoint.Anywhere));
            await second.Says(static lines => lines.Contains("Filled h00000001-1"), "the fill");
            await second.EndAsync();
        }

        exchange.TrueOrders().ShouldHaveSingleItem();
        IsTrue(exchange, sent: 1);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Killed_AgainAndAgainWhileTrading_EndsWithTheTruthOfTheExchange(string venue)
    {
        await using ContractRig exchange = await ContractRig.StartAsync(CrashHost.VenueOf(venue), connects: false);
        RandomStream random = new(31);
        int sent = 0;
        for (int life = 0; life < 5; life++)
        {
            await using KillableProcess process = await CrashProcess.StartAsync(Orders(venue, exchange, CrashPoint.Anywhere));
            int before = process.Lines.Count;
            for (int order = 0; order < 8; order++)
            {
                process.Tell(RandomOrder(random, ++sent));
                if (random.NextDouble() < 0.3)
                {
                    process.Tell($"cancel {1 + (int)(random.NextDouble() * sent)}");
                }
            }

            // Somewhere between the first order on its way and all of them answered: each of the eight has one answer at least.
            int news = before + (int)(random.NextDouble() * 8);
            await process.Says(lines => lines.Count >= news, "some news");
            await process.KillAsync();
        }

        await using KillableProcess last = await CrashProcess.StartAsync(Orders(venue, exchange, CrashPoint.Anywhere));
        await Eventually.Agrees(() => Difference(exchange));
        await last.EndAsync();
        IsTrue(exchange, sent);
        exchange.TrueFills().Count.ShouldBeGreaterThan(0);
    }

    public void Dispose() => _home.Delete(recursive: true);

    private static Task<ContractRig> ExchangeAsync(string venue) => ContractRig.StartAsync(CrashHost.VenueOf(venue), connects: false);

    private async Task KillAsync(ContractRig exchange, string venue, CrashPoint point, string order)
    {
        await using KillableProcess process = await CrashProcess.StartAsync(Orders(venue, exchange, point));
        process.Tell(order);
        await process.Says(static lines => lines.Contains("still"), "the moment");
        await process.KillAsync();
    }

    private CrashOrders Orders(string venue, ContractRig exchange, CrashPoint point) => new(venue, exchange.ReadyText, Folder, point);

    private static string RandomOrder(RandomStream random, int sequence)
    {
        string side = random.NextDouble() < 0.5 ? "Buy" : "Sell";
        decimal price = random.NextDouble() < 0.4 ? 0 : 65_000m + decimal.Round((decimal)random.NextDouble() * 80) - 40;
        return string.Create(CultureInfo.InvariantCulture, $"{sequence} {side} {1 + (int)(random.NextDouble() * 20)} {price}");
    }

    private AccountBook Book()
    {
        AccountBook book = new();
        AccountJournal.Read(Folder, fact => book.Apply(fact));
        return book;
    }

    private void IsTrue(ContractRig exchange, int sent)
    {
        Difference(exchange).ShouldBeNull();
        exchange.TrueOrders().ShouldBeUnique();
        exchange.TrueOrders().Count.ShouldBeLessThanOrEqualTo(sent);
        exchange.TrueOrders().ShouldBeSubsetOf(Book().Orders.Select(o => o.ClientId));
    }

    // All from the journal's file: what the next process would know.
    private string? Difference(ContractRig exchange)
    {
        AccountBook book = Book();
        IEnumerable<string> open = exchange.TrueOpenClientIds().Order(StringComparer.Ordinal);
        IEnumerable<string> working = book.Working.Select(o => $"{o.ClientId}{(o.Standing == OrderStanding.Working ? "" : " " + o.Standing)}").Order(StringComparer.Ordinal);
        var fills = exchange.TrueFills().Select(f => (f.Trade.ToString(), f.ClientId, f.Price, f.Quantity, f.Fee)).Order();
        var booked = book.Fills.Select(f => (f.TradeId.ToString(), f.ClientId, f.Price, f.Quantity, f.Fee)).Order();
        return !working.SequenceEqual(open) ? $"orders: ours [{string.Join(", ", working)}], theirs [{string.Join(", ", open)}]"
            : !booked.SequenceEqual(fills) ? $"fills: ours [{string.Join("; ", booked.Except(fills))}], theirs [{string.Join("; ", fills.Except(booked))}]"
            : Holdings(exchange, book);
    }

    private static string? Holdings(ContractRig exchange, AccountBook book)
    {
        decimal held = book.Holdings.Find(new PositionKey(ContractRig.Symbol, PositionSide.Both))?.Net.Quantity ?? 0;
        if (exchange.Instrument.Kind == InstrumentKind.LinearPerpetual && held != exchange.TruePosition())
        {
            return $"position: ours {held}, theirs {exchange.TruePosition()}";
        }

        foreach ((string asset, decimal free, decimal locked) in exchange.TrueBalances())
        {
            decimal ours = book.Holdings.Balance(new Asset(asset));
            if (Math.Abs(ours - free - locked) > 0.0001m)
            {
                return $"balance: {asset} ours {ours}, theirs {free + locked}";
            }
        }

        return null;
    }
}
