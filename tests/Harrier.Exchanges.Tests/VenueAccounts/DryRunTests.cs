using Harrier.Engine.Risk;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Tests.VenueAccounts;

/// <summary>A dry run sees the account at the venue and decides as in earnest, and nothing of it reaches the venue.</summary>
public sealed class DryRunTests
{
    [Theory]
    [InlineData("binance-spot")]
    [InlineData("binance-usdm")]
    [InlineData("bybit-spot")]
    [InlineData("bybit-linear")]
    public async Task DryRun_TradesWithTheSimulator_AndSendsNoOrder(string venue)
    {
        await using AccountScene scene = await AccountScene.StartAsync(venue);
        using HttpMessageInvoker rest = RestTransport.Create();
        using Writes writes = new(rest);
        using HttpMessageInvoker watched = new(writes);
        await using AccountLife life = await scene.LiveAsync(parts => parts with { Settings = scene.Settings("dry-run"), Http = watched });
        await life.Sound();
        life.Rise();
        life.Fall();
        await life.Becomes(() => life.Account.Engine.Orders.Submitted > 0 && life.Account.Engine.Portfolio.RoundTrips.Count > 0, "a round trip in the simulator");

        life.Status.Mode.ShouldBe("dry-run");
        life.Status.AtVenue.ShouldNotBeNull().LastRead.ShouldNotBeNull();
        scene.Exchange.TrueOrders().ShouldBeEmpty();
        writes.Orders.ShouldBe(0);
        writes.All.ShouldBeGreaterThan(0, "it does ask");
    }

    [Fact]
    public async Task DryRun_StreamLost_BarsEntriesAsInEarnest()
    {
        await using AccountScene scene = await AccountScene.StartAsync("binance-usdm");
        await using AccountLife life = await scene.LiveAsync(parts => parts with { Settings = scene.Settings("dry-run") });
        await life.Sound();
        life.Link!.Venue.Session.OnLost();
        life.Rise();
        life.Account.Engine.Denials[DenyRule.PictureLost].ShouldBeGreaterThan(0);
        life.Account.Engine.Orders.Submitted.ShouldBe(0);
    }

    /// <summary>Counts what goes out, and of it what could change anything: a listen key is asked for with POST, and is no order.</summary>
    private sealed class Writes(HttpMessageInvoker inner) : HttpMessageHandler
    {
        private int _all;
        private int _orders;

        public int All => Volatile.Read(ref _all);

        public int Orders => Volatile.Read(ref _orders);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _all);
            if (request.Method != HttpMethod.Get && request.RequestUri!.AbsolutePath.Contains("order", StringComparison.OrdinalIgnoreCase))
            {
                Interlocked.Increment(ref _orders);
            }

            return inner.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
