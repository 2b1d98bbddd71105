using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Trading;

public sealed class CancelBurstTests
{
    private readonly TradingScene _scene = new();

    [Theory]
    [InlineData("c1 c2 c3", "c1+c2+c3")]
    [InlineData("c1 c2 c3 c4 c5", "c1+c2+c3 c4+c5")]
    [InlineData("c1", "c1")]
    [InlineData("c1 p2 c3", "c1 p2 c3")]
    [InlineData("c1 c2 p3 p4 c5 c6", "c1+c2 p3 p4 c5+c6")]
    [InlineData("", "")]
    public void Group_WhatWaits_JoinsCancelsBetweenOrders(string waiting, string calls) => Grouped(waiting, limit: 3).ShouldBe(calls);

    [Fact]
    public void Group_AVenueWithoutSuchACall_StartsOneByOne() => Grouped("c1 c2 p3", limit: 1).ShouldBe("c1 c2 p3");

    [Fact]
    public void Group_OneThatMayNotJoin_KeepsItsPlace() => Grouped("c1 c9 c2 c3", limit: 3).ShouldBe("c1 c9 c2+c3");

    private string Grouped(string waiting, int limit)
    {
        (TrackedOrder, bool)[] items = [.. waiting.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (_scene.Register(word[1] - '0'), word[0] == 'c'))];
        return string.Join(' ', CancelBurst.Group(items, limit, order => order.Id.Sequence != 9)
            .Select(group => string.Join('+', group.Select(item => $"{(item.IsCancel ? 'c' : 'p')}{item.Order.Id.Sequence}"))));
    }
}
