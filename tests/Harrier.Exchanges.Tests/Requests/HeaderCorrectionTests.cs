using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using static Harrier.Exchanges.Tests.Requests.BudgetScene;

namespace Harrier.Exchanges.Tests.Requests;

public sealed class HeaderCorrectionTests : IDisposable
{
    private readonly BudgetScene _scene = new();

    public HeaderCorrectionTests() => _scene.Time.Advance(TimeSpan.FromSeconds(10)); // clear of the margin around the minute

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Complete_VenueCountedMore_RaisesTheEstimateToIt()
    {
        await Call(10, venueUsed: 400);
        _scene.Used(Weight).ShouldBe(400);
        await Call(10, venueUsed: 450);
        _scene.Used(Weight).ShouldBe(450, "40 more of someone else on our address");
    }

    [Fact]
    public async Task Complete_VenueCountedLess_LowersTheEstimate()
    {
        await Call(50, venueUsed: 50);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await Call(20, venueUsed: 50);
        _scene.Used(Weight).ShouldBe(50, "the second call turned out to cost nothing");
    }

    [Fact]
    public async Task Complete_ForeignUseEndsWithTheVenuesWindow_IsForgotten()
    {
        await Call(10, venueUsed: 900);
        _scene.Time.Advance(TimeSpan.FromSeconds(53));
        _scene.Used(Weight).ShouldBe(10);
        await Call(10, venueUsed: 10);
        _scene.Used(Weight).ShouldBe(20, "our own first call is less than a window old");
    }

    [Fact]
    public async Task Complete_HeadersWithoutVenueTime_OnlyRaise()
    {
        await Call(50, venueUsed: 10, timed: false);
        _scene.Used(Weight).ShouldBe(50);
        await Call(1, venueUsed: 700, timed: false);
        _scene.Used(Weight).ShouldBe(700);
    }

    [Fact]
    public async Task Complete_AnswersOutOfOrder_OlderLowerHeaderDoesNotLowerTheEstimate()
    {
        BudgetLease first = await _scene.Ask(RequestPriority.Medium, Weight, 100);
        BudgetLease second = await _scene.Ask(RequestPriority.Medium, Weight, 100);
        _scene.Time.Advance(TimeSpan.FromMilliseconds(100));
        second.Complete(Header(200));
        _scene.Time.Advance(TimeSpan.FromMilliseconds(100));
        first.Complete(Header(100));
        _scene.Used(Weight).ShouldBe(200);
    }

    private async Task Call(int weight, int venueUsed, bool timed = true)
    {
        using BudgetLease lease = await _scene.Ask(RequestPriority.Medium, Weight, weight);
        _scene.Time.Advance(TimeSpan.FromMilliseconds(20));
        lease.Complete(timed ? Header(venueUsed) : Header(venueUsed) with { VenueTime = null });
    }

    private RequestFeedback Header(int used) => new(200, VenueErrorKind.None)
    {
        Used = [(Weight, used)],
        VenueTime = Timestamp.From(_scene.Time.GetUtcNow()),
    };
}
