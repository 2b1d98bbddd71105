using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Tests.Testnet.Uphold;

namespace Harrier.Exchanges.Tests.Uphold;

public sealed class UpholdVenueTests
{
    [Fact]
    public async Task CommitAsync_AQuote_MovesExactlyItsAmounts()
    {
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync());
        decimal before = rig.Owned(VenueRig.Usd);

        ConversionAnswer<ConversionQuote> quote = await rig.QuoteAsync(VenueRig.Usd, VenueRig.Btc, 100);
        quote.IsOk.ShouldBeTrue(quote.Detail);
        ConversionResult result = await rig.CarryOutAsync(quote.Value);

        result.Outcome.ShouldBe(ConversionOutcome.Done, result.Detail);
        result.Settled!.From.ShouldBe(new Money(100, VenueRig.Usd));
        result.Settled.To.ShouldBe(quote.Value.To);
        rig.Owned(VenueRig.Usd).ShouldBe(before - 100);
        await rig.ShouldEqualTruthAsync();
        rig.Account.Census.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task RateAsync_APair_IsThePriceOfTheMarketAndItsSpread()
    {
        await using VenueRig rig = await VenueRig.StartAsync(await QuietBroker.StartAsync());

        ConversionAnswer<ConversionRate> rate = await rig.Venue.RateAsync(VenueRig.Btc, VenueRig.Usd, VenueRig.Stop);

        rate.IsOk.ShouldBeTrue(rate.Detail);
        rate.Value.Bid.ShouldBe(63_936m);
        rate.Value.Ask.ShouldBe(64_064m);
    }
}
