using Harrier.Domain;
using Harrier.Engine;
using Harrier.Tests.Support;

namespace Harrier.Tests.Engine.Market;

/// <summary>When the book of an engine may be read.</summary>
public sealed class MarketStateTests
{
    private static readonly InstrumentId Id = new(0);

    [Fact]
    public void Book_BetweenSnapshotAndFault_CanBeRead()
    {
        TradingEngine engine = NewEngine();
        engine.Market.Book(Id).ShouldBeNull();

        Level(engine, 1, (99, 5), isAsk: false, isLast: true);
        engine.Market.Book(Id).ShouldBeNull("no snapshot came before the change");

        Clear(engine, 2);
        Level(engine, 2, (100, 5), isAsk: false, isLast: false);
        engine.Market.Book(Id).ShouldBeNull("the snapshot is not whole");
        Level(engine, 2, (101, 6), isAsk: true, isLast: true);
        engine.Market.Book(Id).ShouldNotBeNull().Top.SpreadTicks.ShouldBe(1);
        engine.Market.Book(Id)!.Bids.Count.ShouldBe(1);

        Level(engine, 3, (100, 0), isAsk: false, isLast: false);
        engine.Market.Book(Id).ShouldBeNull("half of a message is no book");
        Level(engine, 3, (99, 1), isAsk: false, isLast: true);
        engine.Market.Book(Id).ShouldNotBeNull().Bids.BestTicks.ShouldBe(99);

        engine.Process(new FeedFault(Id, At(4)));
        engine.Market.Book(Id).ShouldBeNull();
        Level(engine, 5, (98, 1), isAsk: false, isLast: true);
        engine.Market.Book(Id).ShouldBeNull("changes after a fault do not heal a book");
        Clear(engine, 9);
        Level(engine, 9, (97, 1), isAsk: false, isLast: true);
        engine.Market.Book(Id).ShouldNotBeNull().Bids.Count.ShouldBe(1);
        engine.Market.BookTimeUnverified(Id, At(20)).ShouldBe(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void Process_OfBookEvents_LeavesTheMarkAlone()
    {
        TradingEngine engine = NewEngine();
        Clear(engine, 1);
        Level(engine, 1, (100, 5), isAsk: false, isLast: true);
        engine.Market.IsFresh(Id).ShouldBeFalse();
        engine.Market.Mark(Id).Value.ShouldBe(0);
    }

    [Fact]
    public void Restore_InTheMiddleOfASnapshot_ContinuesBitEqual()
    {
        TradingEngine first = NewEngine();
        Clear(first, 1);
        Level(first, 1, (100, 5), isAsk: false, isLast: false);
        TradingEngine second = NewEngine();
        second.Restore(first.Save());
        foreach (TradingEngine engine in (TradingEngine[])[first, second])
        {
            Level(engine, 1, (104, 5), isAsk: true, isLast: true);
        }

        second.StateHash().ShouldBe(first.StateHash());
        second.Market.Book(Id).ShouldNotBeNull().Checksum().ShouldBe(first.Market.Book(Id)!.Checksum());
        Level(second, 2, (105, 1), isAsk: true, isLast: true);
        second.StateHash().ShouldNotBe(first.StateHash());
    }

    [Fact]
    public void MarketEvent_WithBookFields_StaysAt64Bytes() =>
        System.Runtime.CompilerServices.Unsafe.SizeOf<MarketEvent>().ShouldBe(64);

    private static TradingEngine NewEngine() => new EngineHarness(new Harrier.Strategies.BuyAndHold()).Engine;

    private static Timestamp At(int second) => Timestamp.FromUnixSeconds(second);

    private static void Clear(TradingEngine engine, int second) => engine.Process(Change(second, MarketEventKind.BookClear, 0, 0));

    private static void Level(TradingEngine engine, int second, (long Ticks, long Lots) level, bool isAsk, bool isLast)
    {
        MarketEvent change = new()
        {
            ExchangeTime = At(second),
            ReceivedTime = At(second),
            Price = new PriceTicks(level.Ticks),
            Size = new SizeLots(level.Lots),
            Instrument = Id,
            Kind = MarketEventKind.BookLevel,
            IsSell = isAsk,
            LastInBatch = isLast,
        };
        engine.Process(in change);
    }

    private static MarketEvent Change(int second, MarketEventKind kind, long ticks, long lots) => new()
    {
        ExchangeTime = At(second),
        ReceivedTime = At(second),
        Price = new PriceTicks(ticks),
        Size = new SizeLots(lots),
        Instrument = Id,
        Kind = kind,
    };
}
