using Harrier.Hosting.Accounts.Venues;

namespace Harrier.Tests.Hosting.Accounts.Venues;

/// <summary>Parts of a payment of funding, by hand.</summary>
public sealed class FundingSharesTests
{
    [Fact]
    public void Of_LongAndShort_EachLotPaysOrReceivesTheSame() =>
        FundingShares.Of(-10m, [3m, 0m, -1m], 0m).ShouldBe([-15m, 0m, 5m], "the account is long 2 and pays 10: 5 a lot");

    [Fact]
    public void Of_AccountOfAPersonToo_LeavesThePersonsPart() =>
        FundingShares.Of(-10m, [1m], 3m).ShouldBe([-2.5m]);

    [Fact]
    public void Of_PartsThatDoNotDivide_ComeToTheWholeToTheLastDigit()
    {
        IReadOnlyList<decimal> parts = FundingShares.Of(0.10000000m, [1m, 1m, 1m], 0m);
        parts.ShouldBe([0.03333333m, 0.03333334m, 0.03333333m]);
        parts.Sum().ShouldBe(0.1m);
    }

    [Fact]
    public void Of_AccountThatIsFlat_GivesNothing() => FundingShares.Of(1m, [2m, -2m], 0m).ShouldBe([0m, 0m]);
}
