using Harrier.Domain;
using Harrier.Exchanges.Books;

namespace Harrier.Exchanges.Tests.Books;

public sealed class BookCountersTests
{
    [Fact]
    public void MarkVerified_ByAMessageReadBeforeTheConnectionWasKnownToBeOpen_CountsNoTimeBelowZero()
    {
        BookCounters counters = new();
        counters.MarkUnverified(new Timestamp(5_000_000_000));

        counters.MarkVerified(new Timestamp(3_000_000_000));

        counters.At(new Timestamp(9_000_000_000)).TimeUnverified.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void At_WhileUnverified_CountsUpToNow()
    {
        BookCounters counters = new();
        counters.MarkUnverified(new Timestamp(1_000_000_000));
        counters.MarkVerified(new Timestamp(3_000_000_000));
        counters.MarkUnverified(new Timestamp(4_000_000_000));

        counters.At(new Timestamp(9_000_000_000)).TimeUnverified.ShouldBe(TimeSpan.FromSeconds(7));
    }
}
