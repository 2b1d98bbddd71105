using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Tests.Transport;

public sealed class EventQueueTests
{
    [Fact]
    public void TryWrite_FullAndRefusing_TellsTheWriterAndCounts()
    {
        List<int> refused = [];
        EventQueue<int> queue = new(2, QueueOverflow.Refuse, refused.Add);

        bool[] written = [queue.TryWrite(1), queue.TryWrite(2), queue.TryWrite(3)];

        written.ShouldBe([true, true, false]);
        refused.ShouldBe([3]);
        queue.Overflows.ShouldBe(1);
        queue.IsNearlyFull.ShouldBeTrue();
    }

    [Fact]
    public void TryWrite_FullAndGrowing_DropsNothing()
    {
        EventQueue<int> queue = new(2, QueueOverflow.Grow);
        for (int i = 0; i < 5; i++)
        {
            queue.TryWrite(i).ShouldBeTrue();
        }

        List<int> read = [];
        while (queue.TryRead(out int item))
        {
            read.Add(item);
        }

        read.ShouldBe([0, 1, 2, 3, 4]);
        queue.Overflows.ShouldBe(3);
    }

    [Fact]
    public void FeedOutput_QueueOverflows_FaultOfTheInstrumentComesBeforeAnythingLater()
    {
        EventQueue<FeedItem> queue = new(2, QueueOverflow.Refuse);
        FeedOutput output = new(queue);
        output.TryWrite(Trade(0, 1)).ShouldBeTrue();
        output.TryWrite(Trade(1, 2)).ShouldBeTrue();
        output.TryWrite(Trade(1, 3)).ShouldBeFalse();
        output.TryWrite(Trade(0, 4)).ShouldBeFalse();
        output.TryWrite(Trade(1, 5)).ShouldBeFalse();

        List<string> seen = [];
        Drain(queue, seen);
        output.TryWrite(Trade(2, 6)).ShouldBeFalse("both faults fill the queue first");
        Drain(queue, seen);
        output.TryWrite(Trade(2, 7)).ShouldBeTrue();
        Drain(queue, seen);

        seen.ShouldBe(["trade 1", "trade 2", "fault 1", "fault 0", "fault 2", "trade 7"]);
        output.Refused.ShouldBe(4);
    }

    private static void Drain(EventQueue<FeedItem> queue, List<string> into)
    {
        while (queue.TryRead(out FeedItem item))
        {
            into.Add(item.IsFault ? $"fault {item.Fault.Instrument.Index}" : $"trade {item.Event.TradeId}");
        }
    }

    private static MarketEvent Trade(int instrument, long id) => new()
    {
        ExchangeTime = new Timestamp(id),
        ReceivedTime = new Timestamp(id),
        Price = new PriceTicks(1),
        Instrument = new InstrumentId(instrument),
        Kind = MarketEventKind.Trade,
        TradeId = id,
    };
}
