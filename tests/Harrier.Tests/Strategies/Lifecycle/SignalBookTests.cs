using System.Buffers;
using Harrier.Domain;
using Harrier.Strategies.Lifecycle;
using Harrier.Strategies.Setups;

namespace Harrier.Tests.Strategies.Lifecycle;

/// <summary>Rules: systems specification, section 2.6, manager.</summary>
public sealed class SignalBookTests
{
    private static readonly InstrumentId Coin = new(0);

    [Fact]
    public void Offer_SameSideAndEntryWithinATenthOfAPercent_IsADuplicate()
    {
        SignalBook book = new();
        book.Offer(Coin, Setup(100), false, Minute(0)).ShouldBe((SignalRefusal.None, 1L));
        book.Offer(Coin, Setup(100.09), false, Minute(1)).Refusal.ShouldBe(SignalRefusal.Duplicate);
        book.Offer(Coin, Setup(100.11), false, Minute(1)).Refusal.ShouldBe(SignalRefusal.None);
        book.Offer(Coin, Setup(100) with { Side = OrderSide.Sell }, false, Minute(1)).Refusal.ShouldBe(SignalRefusal.None);
        book.Offer(new InstrumentId(1), Setup(100), false, Minute(1)).Refusal.ShouldBe(SignalRefusal.None);
        book.Live.Length.ShouldBe(4);
    }

    [Fact]
    public void Expire_FifteenMinutesLater_EndsIt()
    {
        SignalBook book = new();
        book.Offer(Coin, Setup(100), false, Minute(0));
        book.Expire(Minute(14.99)).ShouldBe(0);
        book.Expire(Minute(15)).ShouldBe(1);
        book.Ended(0).Status.ShouldBe(SignalStatus.Expired);
        book.Offer(Coin, Setup(100), false, Minute(15)).Refusal.ShouldBe(SignalRefusal.None);
    }

    [Fact]
    public void Offer_JustTraded_IsADuplicateAndFailedIsNot()
    {
        SignalBook book = new();
        (_, long first) = book.Offer(Coin, Setup(100), false, Minute(0));
        book.Activate(first, new ClientOrderId(1, 7)).ShouldBeTrue();
        book.OfOrder(new ClientOrderId(1, 7)).ShouldNotBeNull().Id.ShouldBe(first);
        book.End(first, SignalStatus.Executed).ShouldBeTrue();
        book.Offer(Coin, Setup(100), false, Minute(5)).Refusal.ShouldBe(SignalRefusal.Duplicate);
        (_, long second) = book.Offer(Coin, Setup(200), false, Minute(5));
        book.End(second, SignalStatus.Failed).ShouldBeTrue();
        book.Offer(Coin, Setup(200), false, Minute(5)).Refusal.ShouldBe(SignalRefusal.None);
        book.End(first, SignalStatus.Removed).ShouldBeFalse();
        book.Activate(second, new ClientOrderId(1, 8)).ShouldBeFalse();
    }

    [Fact]
    public void Offer_FiftyLive_IsFull()
    {
        SignalBook book = new();
        for (int i = 0; i < 50; i++)
        {
            book.Offer(Coin, Setup(100 + i), false, Minute(0)).Refusal.ShouldBe(SignalRefusal.None);
        }

        book.Offer(Coin, Setup(200), false, Minute(0)).Refusal.ShouldBe(SignalRefusal.Full);
    }

    [Fact]
    public void Offer_ActivityDrops_IsRefused() =>
        new SignalBook().Offer(Coin, Setup(100), true, Minute(0)).ShouldBe((SignalRefusal.ActivityDrop, 0L));

    [Fact]
    public void History_MoreThanItsBound_KeepsTheNewest()
    {
        SignalBook book = new(new SignalBookSettings { MaxHistory = 10 });
        for (int i = 0; i < 25; i++)
        {
            (_, long id) = book.Offer(Coin, Setup(100 + i), false, Minute(i));
            book.End(id, SignalStatus.Removed);
        }

        book.HistoryCount.ShouldBe(10);
        book.Ended(0).Id.ShouldBe(25);
        book.Ended(9).Id.ShouldBe(16);
    }

    [Fact]
    public void Restore_SavedAnywhere_GoesOnTheSame()
    {
        SignalBook book = new(new SignalBookSettings { MaxHistory = 10 });
        for (int i = 0; i < 25; i++)
        {
            (_, long id) = book.Offer(Coin, Setup(100 + i), false, Minute(i));
            if (i % 2 == 0)
            {
                book.End(id, SignalStatus.Executed);
            }
        }

        SignalBook other = new(new SignalBookSettings { MaxHistory = 10 });
        byte[] saved = Saved(book);
        StateReader reader = new(saved);
        other.Restore(ref reader);
        Saved(other).ShouldBe(saved);
        other.Offer(Coin, Setup(124.05), false, Minute(25)).ShouldBe(book.Offer(Coin, Setup(124.05), false, Minute(25)));
        other.Offer(Coin, Setup(300), false, Minute(26)).ShouldBe(book.Offer(Coin, Setup(300), false, Minute(26)));
        other.Expire(Minute(60)).ShouldBe(book.Expire(Minute(60)));
        Saved(other).ShouldBe(Saved(book));
    }

    private static byte[] Saved(SignalBook book)
    {
        ArrayBufferWriter<byte> buffer = new();
        StateWriter writer = new(buffer);
        book.Save(ref writer);
        return buffer.WrittenSpan.ToArray();
    }

    private static Timestamp Minute(double minutes) => new((long)(minutes * 60 * Timestamp.NanosPerSecond));

    private static SetupDecision Setup(double entry) => new() { Kind = SetupKind.Momentum, Side = OrderSide.Buy, Entry = entry, Stop = entry - 1, Confidence = 0.5 };
}
