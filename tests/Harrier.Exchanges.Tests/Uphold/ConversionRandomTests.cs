using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Tests.Testnet.Uphold;
using Harrier.Simulation.Randomness;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Uphold;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>
/// Thousands of random quotes and commits through the adapter under every fault. At the end our holdings are the broker's to the last decimal, nothing
/// came from nowhere, and no commit arrived twice.
/// </summary>
public sealed class ConversionRandomTests
{
    private static readonly TimeSpan Ban = TimeSpan.FromMinutes(11);
    private static readonly FaultKind[] Kinds =
    [
        FaultKind.Cut, FaultKind.CutAfter, FaultKind.ServerError, FaultKind.ServerErrorAfter, FaultKind.Html, FaultKind.Maintenance, FaultKind.TooManyRequests, FaultKind.Banned, FaultKind.Password,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Conversions_UnderEveryFault_EndEqualToTheBrokersTruth(long seed)
    {
        const int Operations = 500;
        ManualTimeProvider time = new();
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync(new UpholdRules { QuoteLife = TimeSpan.FromSeconds(4) }, time), time: time);
        Dictionary<string, decimal> supply = await SupplyAsync(rig);
        foreach (FaultKind kind in Kinds)
        {
            rig.Broker.Exchange.Faults.Add(new FaultPlan(kind) { Venue = "uphold", Probability = 0.02 });
        }

        RandomStream random = new(seed, 77);
        Tally tally = new();
        for (int i = 0; i < Operations; i++)
        {
            RejectReason reason = await rig.PassTimeAsync(OneAsync(rig, random, tally, time));

            // Shut out: calls rest until the ban is over.
            time.Advance(reason == RejectReason.Throttled ? Ban : TimeSpan.Zero);
        }

        rig.Broker.Exchange.Faults.Clear();
        time.Advance(Ban);
        foreach (OpenConversion open in rig.Engine.Conversions.Open.ToArray())
        {
            rig.Book(open.Id, await rig.PassTimeAsync(rig.Venue.ResolveAsync(open, VenueRig.Stop)));
        }

        await EndAsync(rig, supply, tally);
    }

    [Fact]
    public async Task Conversions_ManyAtOnceUnderEveryFault_EndEqualToTheBrokersTruth()
    {
        const int Lanes = 8;
        ManualTimeProvider time = new();
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync(new UpholdRules { QuoteLife = TimeSpan.FromSeconds(4) }, time), time: time);
        Dictionary<string, decimal> supply = await SupplyAsync(rig);
        foreach (FaultKind kind in Kinds.Except([FaultKind.Banned, FaultKind.TooManyRequests]))
        {
            rig.Broker.Exchange.Faults.Add(new FaultPlan(kind) { Venue = "uphold", Probability = 0.02 });
        }

        Tally tally = new();
        await rig.PassTimeAsync(Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => LaneAsync(rig, new RandomStream(lane, 5), tally))));
        rig.Broker.Exchange.Faults.Clear();
        foreach (OpenConversion open in rig.Engine.Conversions.Open.ToArray())
        {
            rig.Book(open.Id, await rig.PassTimeAsync(rig.Venue.ResolveAsync(open, VenueRig.Stop)));
        }

        JsonElement truth = await rig.Broker.TruthAsync();
        truth.GetProperty("transactions").EnumerateArray().ShouldAllBe(t => t.GetProperty("commitCalls").GetInt32() <= 1);
        rig.Engine.Conversions.Open.ShouldBeEmpty();
        await rig.ShouldEqualTruthAsync();
        (await SupplyAsync(rig)).ShouldBe(supply);
        tally.Done.ShouldBeGreaterThan(50);
    }

    private static async Task<bool> LaneAsync(VenueRig rig, RandomStream random, Tally tally)
    {
        for (int i = 0; i < 40; i++)
        {
            await OneAsync(rig, random, tally, time: null);
        }

        return true;
    }

    private static async Task EndAsync(VenueRig rig, Dictionary<string, decimal> supply, Tally tally)
    {
        rig.Engine.Conversions.Open.ShouldBeEmpty();
        JsonElement truth = await rig.Broker.TruthAsync();
        JsonElement[] transactions = [.. truth.GetProperty("transactions").EnumerateArray()];
        transactions.ShouldAllBe(t => t.GetProperty("commitCalls").GetInt32() <= 1);
        transactions.Count(t => t.GetProperty("status").GetString() == "completed").ShouldBe(rig.Engine.Conversions.Booked);
        await rig.ShouldEqualTruthAsync();
        (await SupplyAsync(rig)).ShouldBe(supply);
        foreach (IGrouping<string?, JsonElement> cards in truth.GetProperty("cards").EnumerateArray().GroupBy(c => c.GetProperty("asset").GetString()))
        {
            cards.Sum(c => QuietBroker.NumberOf(c, "balance")).ShouldBe((await rig.Broker.BalancesAsync()).GetValueOrDefault(cards.Key!), cards.Key);
        }

        // The faults really struck, and things went well in spite of them.
        rig.Broker.Exchange.Faults.Injected.ShouldBeGreaterThan(50);
        tally.Done.ShouldBeGreaterThan(50);
        tally.NotDone.ShouldBeGreaterThan(10);
        tally.FoundLate.ShouldBeGreaterThan(0);
        tally.Refused.ShouldBeGreaterThan(10);
    }

    private static async Task<RejectReason> OneAsync(VenueRig rig, RandomStream random, Tally tally, ManualTimeProvider? time)
    {
        Asset from = VenueRig.Assets[(int)(random.NextDouble() * VenueRig.Assets.Count)];
        Asset to = VenueRig.Assets[(int)(random.NextDouble() * VenueRig.Assets.Count)];
        if (from == to)
        {
            return RejectReason.None;
        }

        ConversionAnswer<ConversionQuote> quote = await rig.QuoteAsync(from, to, Amount(rig, random, from));
        if (!quote.IsOk)
        {
            tally.Refused++;
            return quote.Reason;
        }

        double fate = random.NextDouble();
        if (fate < 0.05)
        {
            // Left to lapse, or called off: both move nothing.
            if (fate < 0.025)
            {
                _ = await rig.Account.Calls.CancelAsync(CardOf(rig, from), quote.Value.Id, VenueRig.Stop);
            }

            return RejectReason.None;
        }

        ConversionDecision decision = rig.Request(quote.Value);
        if (decision.Approved is null)
        {
            tally.Refused++;
            return RejectReason.None;
        }

        if (fate < 0.10)
        {
            time?.Advance(TimeSpan.FromSeconds(3.5));
        }

        ConversionResult result = await rig.Venue.CommitAsync(decision.Approved, VenueRig.Stop);
        rig.Book(quote.Value.Id, result);
        Count(tally, result, wasLate: rig.Now > quote.Value.Expires + TimeSpan.FromSeconds(-4) + TimeSpan.FromMilliseconds(200));
        return result.Reason;
    }

    private static void Count(Tally tally, ConversionResult result, bool wasLate)
    {
        _ = result.Outcome switch
        {
            ConversionOutcome.Done => tally.Done++,
            ConversionOutcome.NotDone => tally.NotDone++,
            _ => tally.Unknown++,
        };
        tally.FoundLate += result.Outcome == ConversionOutcome.Done && wasLate ? 1 : 0;
    }

    private static string CardOf(VenueRig rig, Asset asset) => rig.Cards[asset];

    // Small parts and odd decimals, sometimes everything.
    private static decimal Amount(VenueRig rig, RandomStream random, Asset asset)
    {
        decimal owned = rig.Owned(asset);
        int decimals = asset == VenueRig.Usd ? 2 : asset == VenueRig.Btc ? 8 : asset == VenueRig.Xrp ? 6 : 18;
        decimal part = random.NextDouble() < 0.05 ? 1 : (decimal)(random.NextDouble() * random.NextDouble());
        return Math.Max(decimal.Round(owned * part, decimals, MidpointRounding.ToZero), asset == VenueRig.Usd ? 1 : 0.0001m);
    }

    /// <summary>What there is of each asset over all accounts, the venue's own included: zero, since what came in left the outside.</summary>
    private static Task<Dictionary<string, decimal>> SupplyAsync(VenueRig rig)
    {
        lock (rig.Broker.Core.Gate)
        {
            Harrier.Testnet.Core.ExchangeAccount[] all = [.. rig.Broker.Core.Accounts, rig.Broker.Core.Venue.Clearing, rig.Broker.Core.Venue.Fees, rig.Broker.Core.Venue.Outside];
            return Task.FromResult(VenueRig.Assets.ToDictionary(a => a.Code, a => all.Sum(account => account.Free(a.Code))));
        }
    }

    // Several lanes may count at once; the counts only have to show that something happened.
    private sealed class Tally
    {
        public int Done { get; set; }

        public int NotDone { get; set; }

        public int Unknown { get; set; }

        public int Refused { get; set; }

        public int FoundLate { get; set; }
    }
}
