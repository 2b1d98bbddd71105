using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet;
using Harrier.Testnet.Binance.Linear;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Exchanges.Tests.Testnet.Hosting;

/// <summary>What stands around the front ends: keys, limits, faults, outboxes, ports.</summary>
public sealed class HostingTests
{
    private static readonly RateRule _ten = new("REQUEST_WEIGHT", "MINUTE", 1, 10);

    [Fact]
    public void Signature_OfTheDocuments_IsAccepted()
    {
        string path = SharedData.Require("data/golden/signatures.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        List<JsonElement> vectors = [.. document.RootElement.EnumerateArray().Where(v => (v.GetProperty("scheme").GetString() ?? "").StartsWith("binance", StringComparison.Ordinal) && v.TryGetProperty("secret", out _))];

        vectors.Count.ShouldBeGreaterThan(2);
        foreach (JsonElement vector in vectors)
        {
            byte[] payload = Encoding.UTF8.GetBytes(vector.GetProperty("payload").GetString() ?? "");
            string signature = vector.GetProperty("signature").GetString() ?? "";
            SignatureCheck.IsValid(vector.GetProperty("secret").GetString() ?? "", payload, signature).ShouldBeTrue();
            SignatureCheck.IsValid(vector.GetProperty("secret").GetString() ?? "", payload, signature.ToUpperInvariant()).ShouldBeTrue();
            SignatureCheck.IsValid("another", payload, signature).ShouldBeFalse();
        }
    }

    [Fact]
    public void Key_OfASeed_IsTheSameEachTimeAndForNobodyElse()
    {
        TestnetAccounts.Terms(7, "default").ApiKey.ShouldBe(TestnetAccounts.Terms(7, "default").ApiKey);
        TestnetAccounts.Terms(7, "default").ApiKey.Length.ShouldBe(64);
        TestnetAccounts.Terms(8, "default").ApiKey.ShouldNotBe(TestnetAccounts.Terms(7, "default").ApiKey);
        TestnetAccounts.Terms(7, "other").Secret.ShouldNotBe(TestnetAccounts.Terms(7, "default").Secret);
    }

    [Fact]
    public void Limits_WindowIsOver_CountsFromZeroAgain()
    {
        RequestLimits limits = new(_ten, new RateRule("RAW_REQUESTS", "MINUTE", 5, 1000), []);
        Timestamp start = Timestamp.FromUnixSeconds(1_700_000_040);

        limits.Charge("a", 10, start).Status.ShouldBe(0);
        LimitVerdict over = limits.Charge("a", 1, start);
        limits.Charge("b", 10, start).Status.ShouldBe(0);

        over.Status.ShouldBe(429);
        over.Until.ShouldBe(Timestamp.FromUnixSeconds(1_700_000_100));
        limits.Charge("a", 1, over.Until).Status.ShouldBe(0);
    }

    [Fact]
    public void Limits_NotStoppingWhenTold_IsBannedForTwoMinutesThenForFour()
    {
        RequestLimits limits = new(_ten, new RateRule("RAW_REQUESTS", "MINUTE", 5, 1000), []);
        Timestamp start = Timestamp.FromUnixSeconds(1_700_000_040);
        LimitVerdict first = Offend(limits, start);
        LimitVerdict second = Offend(limits, first.Until);

        (first.Until - start).ShouldBe(TimeSpan.FromMinutes(2));
        (second.Until - first.Until).ShouldBe(TimeSpan.FromMinutes(4));
        limits.Charge("a", 1, second.Until).Status.ShouldBe(0);
    }

    [Fact]
    public void Faults_SameSeedAndOccasions_AreTheSameFaults()
    {
        List<bool> first = Draw(3);

        Draw(3).ShouldBe(first);
        Draw(4).ShouldNotBe(first);
        first.Count(struck => struck).ShouldBeInRange(300, 700);
    }

    [Fact]
    public async Task Outbox_ManyFrames_GoOutInOneWrite()
    {
        using SocketOutbox outbox = new(1_000_000, TimeProvider.System);
        for (int i = 0; i < 100; i++)
        {
            outbox.AppendText(Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture))).ShouldBeTrue();
        }

        outbox.Close();
        await using CountingStream transport = new();
        await outbox.PumpAsync(transport, TestContext.Current.CancellationToken);

        transport.Writes.ShouldBe(1);
        transport.Length.ShouldBe((10 * 3) + (90 * 4));
    }

    [Fact]
    public void Outbox_ReaderTooSlow_IsClosedInPlaceOfGrowing()
    {
        using SocketOutbox outbox = new(1000, TimeProvider.System);
        byte[] frame = new byte[300];

        outbox.Append(frame).ShouldBeTrue();
        outbox.Append(frame).ShouldBeTrue();
        outbox.Append(frame).ShouldBeTrue();
        outbox.Append(frame).ShouldBeFalse();
        outbox.IsOverrun.ShouldBeTrue();
    }

    [Fact]
    public async Task Start_PortTaken_SaysWhichAndLeavesNothingRunning()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        BuiltInExchangeOptions options = new() { Symbols = ["BTCUSDT"], IsDriven = false, Host = new TestnetOptions { Port = port } };

        PortInUseException fault = await Should.ThrowAsync<PortInUseException>(() => BuiltInExchange.StartAsync(options, TimeProvider.System, stop: TestContext.Current.CancellationToken));

        fault.Port.ShouldBe(port);
    }

    [Fact]
    public async Task Start_VenuesNamed_MovesOnlyTheirMarkets()
    {
        BuiltInExchangeOptions options = new() { Symbols = ["BTCUSDT"], Venues = [LinearFrontEnd.VenueId] };
        await using BuiltInExchange exchange = await BuiltInExchange.StartAsync(options, TimeProvider.System, stop: TestContext.Current.CancellationToken);

        exchange.Markets.Where(static market => market.Facts.Core.Listings.Any(static one => one.Book.BestBid > 0)).Select(static market => market.FrontEnd.Venue).ShouldBe([LinearFrontEnd.VenueId]);
    }

    [Fact]
    public async Task ReadyLine_HasWhatScriptsRelyOn()
    {
        BuiltInExchangeOptions options = new() { Symbols = ["BTC/USDT"], IsDriven = false, Host = new TestnetOptions { Seed = 7 } };
        await using BuiltInExchange exchange = await BuiltInExchange.StartAsync(options, TimeProvider.System, stop: TestContext.Current.CancellationToken);
        using JsonDocument line = JsonDocument.Parse(exchange.Host.ReadyLine);
        JsonElement venue = line.RootElement.GetProperty("binance");

        new Uri(venue.GetProperty("rest").GetString() ?? "").AbsolutePath.ShouldBe("/");
        (venue.GetProperty("ws").GetString() ?? "").ShouldStartWith("ws://127.0.0.1:");
        venue.GetProperty("wsApi").GetString().ShouldBe(venue.GetProperty("ws").GetString());
        venue.GetProperty("key").GetString().ShouldBe(TestnetAccounts.Terms(7, TestnetAccounts.DefaultName).ApiKey);
        venue.GetProperty("secret").GetString().ShouldBe(TestnetAccounts.Terms(7, TestnetAccounts.DefaultName).Secret);
        (line.RootElement.GetProperty("admin").GetString() ?? "").ShouldStartWith("http://127.0.0.1:");
        exchange.Host.ReadyLine.ShouldNotContain('\n');
    }

    private static LimitVerdict Offend(RequestLimits limits, Timestamp now)
    {
        _ = limits.Charge("a", 11, now);
        LimitVerdict verdict = default;
        for (int i = 0; i < RequestLimits.Patience; i++)
        {
            verdict = limits.Charge("a", 1, now);
        }

        verdict.Status.ShouldBe(418);
        return verdict;
    }

    private static List<bool> Draw(long seed)
    {
        FaultInjector faults = new(seed);
        faults.Add(new FaultPlan(FaultKind.Drop) { Probability = 0.5 });
        return [.. Enumerable.Range(0, 1000).Select(_ => faults.ForFrame("v", "s") is not null)];
    }

    private sealed class CountingStream : MemoryStream
    {
        public int Writes { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
