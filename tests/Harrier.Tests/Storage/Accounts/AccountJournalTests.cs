using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Storage.Accounts;
using Harrier.Storage.Journal;
using Harrier.Tests.Engine.Reconciliation;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Accounts;

/// <summary>A restart makes the same book; what a crash leaves is cut off; damage is named.</summary>
public sealed class AccountJournalTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string Folder => Path.Combine(_temporary.Path, "accounts", "sim-test-0123456789abcdef");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void FolderOf_NamesVenueAndPartOfTheDigest() =>
        AccountJournal.FolderOf("home", new VenueId("sim-test"), "0123456789abcdefFFFF").ShouldBe(Path.Combine("home", "accounts", "sim-test-0123456789abcdef"));

    [Fact]
    public void Open_AfterEveryKindOfFact_GivesThemBackEqual()
    {
        BookScene scene = new();
        AccountFact[] facts =
        [
            new BaselineTaken(scene.Now, scene.Now),
            new OrderIntended(scene.Now, scene.Order(1, 10, OrderStanding.Sent) with { VenueId = null, ExecutedQuote = null, Created = default, Changed = default, Bot = new BotId(3), ReduceOnly = true }),
            new OrderMoved(scene.Now, "h00000001-1", OrderStanding.Working, VenueOrderId.Derive("a UUID")),
            new OrderMoved(scene.Now, "h00000001-1", OrderStanding.Unknown, null),
            new FillTold(scene.Now, scene.Fill(1, 4.5m, 100.10m) with { Fee = -0.01m, FeeAsset = new Asset("BNB"), IsMaker = true }),
            new FillTold(scene.Now, scene.Fill(2, 4.5m, 100.10m)),
            new PositionStated(scene.Now, VenueTradeId.Derive("x"), new PositionFact(BookScene.Btc, -2, 99), scene.Now, 5),
            new BalanceStated(scene.Now, VenueTradeId.Derive("y"), new BalanceFact(new Asset("USDT"), 12.34m), scene.Now, 5),
            new MoneyBooked(scene.Now, new Money(-7.5m, new Asset("USDT")), scene.Now, "FUNDING_FEE"),
            new DifferenceNoted(scene.Now, "order BTCUSDT 7 web_1"),
        ];
        Write(facts);
        Read().ShouldBe(facts);
        Write([facts[4]]);
        Read().ShouldBe([.. facts, facts[4]]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Restart_AtAnyMoment_MakesTheSameBookAndRecognizesWhatWasConcluded(int seed)
    {
        TruthAccount truth = new(seed, InstrumentKind.LinearPerpetual);
        List<AccountFact> all = [];
        AccountBook book = truth.Book();
        (List<AccountFact> heard, List<AccountFact> late) = truth.Stream();
        all.AddRange(heard);

        // Half of our executions are in no list: they are inferred, and the real ones come after the second restart.
        AccountPicture picture = truth.Picture(shown: f => f.ClientId.Length == 0 || f.TradeId.Low % 2 == 0);
        foreach (AccountFact fact in heard)
        {
            book.Apply(fact);
        }

        IReadOnlyList<AccountFact> concluded = [.. Reconciler.Compare(book, picture, truth.Policy, picture.Asked).Select(d => d.Resolution.Fact).OfType<AccountFact>()];
        all.AddRange(concluded);
        Write(all, segmentBytes: 4096);

        AccountBook second = Reopen(truth);
        AccountPicture later = truth.Picture(TimeSpan.FromMinutes(1), f => f.ClientId.Length == 0 || f.TradeId.Low % 2 == 0);
        Reconciler.Compare(second, later, truth.Policy, later.Asked).ShouldBeEmpty();
        AccountBook third = Reopen(truth);
        foreach (AccountFact fact in late.Concat(concluded))
        {
            second.Apply(fact);
            third.Apply(fact);
        }

        foreach (Holding holding in second.Holdings.Positions)
        {
            holding.Net.Quantity.ShouldBe(truth.Position(holding.Key.Symbol).Quantity);
            third.Holdings.Find(holding.Key)!.Net.ShouldBe(holding.Net);
        }
    }

    [Fact]
    public void Open_AfterACutAtAnyByte_KeepsEveryWholeRecordAndGoesOn()
    {
        BookScene scene = new();
        Write([new DifferenceNoted(scene.Now, "one"), new DifferenceNoted(scene.Now, "two")]);
        string file = Directory.GetFiles(Folder, "*.account").ShouldHaveSingleItem();
        byte[] two = File.ReadAllBytes(file);
        Write([new FillTold(scene.Now, scene.Fill(1, 4, 100))]);
        byte[] three = File.ReadAllBytes(file);
        for (int length = two.Length; length < three.Length; length++)
        {
            File.WriteAllBytes(file, three.AsSpan(0, length));
            Read().Count.ShouldBe(2);
            Write([new DifferenceNoted(scene.Now, "three")]);
            Read().ShouldBe([new DifferenceNoted(scene.Now, "one"), new DifferenceNoted(scene.Now, "two"), new DifferenceNoted(scene.Now, "three")]);
        }
    }

    [Fact]
    public void Open_AfterACutInsideTheVeryFirstRecord_BeginsAnew()
    {
        Write([]);
        string file = Directory.GetFiles(Folder, "*.account").ShouldHaveSingleItem();
        byte[] header = File.ReadAllBytes(file);
        for (int length = 0; length < header.Length; length++)
        {
            File.WriteAllBytes(file, header.AsSpan(0, length));
            Write([new DifferenceNoted(default, "one")]);
            Read().Count.ShouldBe(1);
        }
    }

    [Fact]
    public void F38_AFlippedBit_IsNamedAndNothingIsOpened()
    {
        BookScene scene = new();
        Write([new DifferenceNoted(scene.Now, "one"), new FillTold(scene.Now, scene.Fill(1, 4, 100))]);
        string file = Directory.GetFiles(Folder, "*.account").ShouldHaveSingleItem();
        byte[] whole = File.ReadAllBytes(file);
        for (int i = 0; i < 8 * whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i / 8] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(file, damaged);

            // A flipped length too: taken for a cut, it would drop every fact behind it at the next start.
            Should.Throw<JournalException>(Read, $"bit {i}").File.ShouldBe(file);
            Should.Throw<JournalException>(() => Write([]), $"bit {i}");
            File.ReadAllBytes(file).ShouldBe(damaged);
        }
    }

    [Fact]
    public void Open_Twice_IsRefused()
    {
        using AccountJournal first = AccountJournal.Open(Folder, _ => { });
        Should.Throw<IOException>(() => AccountJournal.Open(Folder, _ => { }));
        first.Append(new DifferenceNoted(default, "still mine"));
        List<AccountFact> read = [];
        AccountJournal.Read(Folder, read.Add);
        read.ShouldHaveSingleItem("reading does not need the lock");
    }

    [Fact]
    public void Open_OfAnotherAccount_IsRefused()
    {
        Write([]);
        string other = Path.Combine(_temporary.Path, "accounts", "sim-test-ffffffffffffffff");
        Directory.Move(Folder, other);
        Should.Throw<JournalException>(() => AccountJournal.Open(other, _ => { })).Message.ShouldContain("sim-test-0123456789abcdef");
    }

    [Fact]
    public void Append_AfterAFailure_IsRefused()
    {
        AccountRecord record = new(journal: new FullDisk());
        BookScene scene = new();
        record.Take(new OrderIntended(scene.Now, scene.Order(1, 10, OrderStanding.Sent)));
        record.TrySync().ShouldBeFalse();
        record.Failure.ShouldNotBeNull();
        record.Take(new FillTold(scene.Now, scene.Fill(1, 4, 100))).IsNew.ShouldBeTrue("the book goes on in memory");
        record.Read(book => book.Holdings.Find(BookScene.Btc)!.Net.Quantity).ShouldBe(4);
    }

    private void Write(IEnumerable<AccountFact> facts, long segmentBytes = 1 << 20)
    {
        using AccountJournal journal = AccountJournal.Open(Folder, _ => { }, segmentBytes);
        foreach (AccountFact fact in facts)
        {
            journal.Append(fact);
        }

        journal.Sync();
    }

    private List<AccountFact> Read()
    {
        List<AccountFact> facts = [];
        AccountJournal.Read(Folder, facts.Add);
        return facts;
    }

    private AccountBook Reopen(TruthAccount truth)
    {
        AccountBook book = truth.Book();
        using AccountJournal journal = AccountJournal.Open(Folder, fact => book.Apply(fact));
        return book;
    }

    private sealed class FullDisk : IAccountJournal
    {
        public void Append(AccountFact fact) => throw new IOException("no space left on device");

        public void Sync()
        {
        }
    }
}
