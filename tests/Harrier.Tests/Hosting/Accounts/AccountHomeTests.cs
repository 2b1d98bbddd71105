using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Storage.Journal;
using Harrier.Storage.Sessions;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Accounts;

/// <summary>An account comes back from whatever a crash leaves: the journal cut at any byte, a session that was never finished.</summary>
public sealed class AccountHomeTests : IDisposable
{
    private const int Pairs = 120;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_Fresh_PaysTheBalancesIn()
    {
        using TradingAccount account = new AccountHome(_folder.Path, AccountScenario.Plan()).Open(AccountScenario.Begin).Account;

        account.Engine.Portfolio.Equity(new BotId(0)).ShouldBe(10_000);
        account.Engine.Portfolio.Equity(new BotId(1)).ShouldBe(10_000);
        account.Differences().ShouldBeEmpty();
    }

    [Fact]
    public void Open_JournalCutAtManyBytes_HasTheStateAfterTheLastWholeInput()
    {
        (IReadOnlyList<byte[]> states, string session) = Record();
        byte[] whole = File.ReadAllBytes(JournalOf(session));
        IReadOnlyList<(long End, bool IsInput)> records = Records(session);
        Random random = new(11);

        // The ends of records, one byte to either side of them, and anywhere.
        IEnumerable<int> cuts = Enumerable.Range(0, 60).Select(_ => random.Next(whole.Length))
            .Concat(records.Skip(records.Count / 2).Take(6).SelectMany(static r => (int[])[(int)r.End - 1, (int)r.End, (int)r.End + 1]));
        int traded = 0;
        foreach (int cut in cuts.Where(cut => cut >= records[0].End))
        {
            using TemporaryFolder crashed = new();
            Copy(_folder.Path, crashed.Path);
            File.WriteAllBytes(JournalOf(session).Replace(_folder.Path, crashed.Path, StringComparison.Ordinal), whole[..cut]);

            OpenedAccount opened = new AccountHome(crashed.Path, AccountScenario.Plan()).Open(AccountScenario.Begin);
            using TradingAccount account = opened.Account;

            int inputs = records.Count(record => record.IsInput && record.End <= cut);
            opened.IsFresh.ShouldBeFalse();
            opened.Replayed.ShouldBe(inputs, $"cut at {cut}");
            account.Save().ShouldBe(states[inputs], $"cut at {cut}");
            traded += account.Engine.Portfolio.RoundTrips.Count > 0 ? 1 : 0;
        }

        traded.ShouldBeGreaterThan(20, "a scenario without trades proves nothing");
    }

    [Fact]
    public void Open_AfterASecondCrash_GoesOnAsIfNeitherHadHappened()
    {
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs(Pairs);
        byte[] undisturbed = Record().States[^1];
        using TemporaryFolder home = new();
        for (int from = 0; from < inputs.Count; from += 50)
        {
            AccountHome kept = new(home.Path, AccountScenario.Plan());
            TradingAccount account = kept.Open(AccountScenario.Begin).Account;
            kept.BeginSession(account);
            foreach (Action<TradingAccount> input in inputs.Skip(from).Take(50))
            {
                input(account);
            }

            // Not saved: what is in the journal is all that is left.
            account.Dispose();
        }

        using TradingAccount last = new AccountHome(home.Path, AccountScenario.Plan()).Open(AccountScenario.Begin).Account;
        last.Save().ShouldBe(undisturbed);
    }

    [Fact]
    public void Open_UnfinishedSession_IsLeftOut()
    {
        (IReadOnlyList<byte[]> states, string session) = Record();
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(session)!, "00000002.new"));
        AccountHome kept = new(_folder.Path, AccountScenario.Plan());
        using TradingAccount account = kept.Open(AccountScenario.Begin).Account;

        kept.BeginSession(account);

        account.Save().ShouldBe(states[^1]);
        SessionFolder.Next(session).ShouldNotBeNull();
    }

    [Fact]
    public void Open_JournalWithoutItsFirstByte_IsTheStateOfTheSnapshot()
    {
        (IReadOnlyList<byte[]> states, string session) = Record();
        File.WriteAllBytes(JournalOf(session), []);

        using TradingAccount account = new AccountHome(_folder.Path, AccountScenario.Plan()).Open(AccountScenario.Begin).Account;

        account.Save().ShouldBe(states[0]);
    }

    [Fact]
    public void Open_FlippedBit_IsNamedWithItsFile()
    {
        string session = Record().Session;
        byte[] whole = File.ReadAllBytes(JournalOf(session));
        whole[whole.Length / 2] ^= 1;
        File.WriteAllBytes(JournalOf(session), whole);

        AccountStateException fault = Should.Throw<AccountStateException>(() => new AccountHome(_folder.Path, AccountScenario.Plan()).Open(AccountScenario.Begin));

        fault.Message.ShouldStartWith($"account test: {JournalOf(session)} at byte ");
    }

    [Fact]
    public void Open_OtherSettings_IsRefused()
    {
        Record();

        AccountStateException fault = Should.Throw<AccountStateException>(() => new AccountHome(_folder.Path, AccountScenario.PlanWithOtherBalance()).Open(AccountScenario.Begin));

        fault.Message.ShouldContain("saved with other settings or instruments");
    }

    [Fact]
    public void Open_JournalThatWouldNotComeOutAgain_NamesTheFirstDifference()
    {
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs(Pairs);
        string session = Record().Session;

        // The inputs without what they led to: as if the program that recorded them had decided nothing.
        List<Bar> bars = [.. new JournalReader(session).Records().Where(static r => r.Type == JournalRecordType.Bar).Select(static r => new StateReader(r.Payload.Span).ReadRaw<Bar>())];
        bars.Count.ShouldBe(inputs.Count * 2 / 3);
        Array.ForEach(Directory.GetFiles(session, "*.journal"), File.Delete);
        using (FileJournal silent = new(session, AccountScenario.Plan().Identity))
        {
            bars.ForEach(bar => silent.Append(in bar));
        }

        AccountStateException fault = Should.Throw<AccountStateException>(() => new AccountHome(_folder.Path, AccountScenario.Plan()).Open(AccountScenario.Begin));

        fault.Message.ShouldContain("recorded Bar, replayed a record of type ");
    }

    [Fact]
    public void Prove_WholeAndFlipped_SaysWhichIsWhich()
    {
        string session = Record().Session;
        AccountHome kept = new(_folder.Path, AccountScenario.Plan());
        using (TradingAccount account = kept.Open(AccountScenario.Begin).Account)
        {
            kept.BeginSession(account);
        }

        SessionProof proof = new(AccountScenario.Reader);
        ProvenSession proven = proof.Run(session, Path.Combine(_folder.Path, "scratch-1"));
        proven.Outcome.Divergence.ShouldBeNull();
        proven.Outcome.Inputs.ShouldBe(Pairs * 3);

        byte[] snapshot = File.ReadAllBytes(SessionFolder.SnapshotOf(SessionFolder.Next(session)!));
        byte[] start = SnapshotFile.Read(SessionFolder.SnapshotOf(session), AccountScenario.Plan().ConfigHash);
        SnapshotFile.Write(SessionFolder.SnapshotOf(SessionFolder.Next(session)!), AccountScenario.Plan().ConfigHash, start);
        proof.Run(session, Path.Combine(_folder.Path, "scratch-2")).Outcome.Divergence.ShouldNotBeNull().ShouldContain("did not begin with the state in which this one ends");
        snapshot.ShouldNotBe(start);
    }

    private (IReadOnlyList<byte[]> States, string Session) Record()
    {
        AccountHome kept = new(_folder.Path, AccountScenario.Plan());
        TradingAccount account = kept.Open(AccountScenario.Begin).Account;
        kept.BeginSession(account);
        List<byte[]> states = [account.Save()];
        foreach (Action<TradingAccount> input in AccountScenario.Inputs(Pairs))
        {
            input(account);
            states.Add(account.Save());
        }

        account.Dispose();
        return (states, Path.Combine(_folder.Path, "accounts", "test", "sessions", "00000001"));
    }

    private static string JournalOf(string session) => Directory.GetFiles(session, "*.journal").ShouldHaveSingleItem();

    // Where each record ends; the header is the first.
    private static IReadOnlyList<(long End, bool IsInput)> Records(string session)
    {
        JournalRecord[] records = [.. new JournalReader(session).Records()];
        long length = new FileInfo(JournalOf(session)).Length;
        return [(records[0].Offset, false), .. records.Select((record, i) => (i + 1 < records.Length ? records[i + 1].Offset : length, record.Type is JournalRecordType.Bar or JournalRecordType.Heartbeat))];
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = file.Replace(from, to, StringComparison.Ordinal);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
