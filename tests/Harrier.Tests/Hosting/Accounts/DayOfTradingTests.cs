using Harrier.Hosting.Accounts;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Accounts;

/// <summary>24 hours of the market in minutes, saved every hour as a run saves itself: the day is proved to the same state, and one flipped byte anywhere in it is found and named.</summary>
public sealed class DayOfTradingTests : IDisposable
{
    private const int Hours = 24;
    private const int InputsAnHour = 60 * 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ADay_IsProvedToTheSameState_AndAFlippedByteIsNamed()
    {
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs(Hours * 60);
        (int trips, byte[] end) = Record(inputs);
        trips.ShouldBeGreaterThan(Hours, "a day without trades proves nothing");
        string[] sessions = [.. Directory.GetDirectories(Path.Combine(_folder.Path, "accounts", "test", "sessions")).Order(StringComparer.Ordinal)];
        sessions.Length.ShouldBe(Hours + 1);

        IReadOnlyList<ProvenSession> proven = Prove(sessions);
        proven.ShouldAllBe(static one => one.Outcome.Divergence == null);
        proven.Sum(static one => one.Outcome.Inputs).ShouldBe(inputs.Count);
        proven[Hours - 1].StateHash.ShouldBe(HashOf(end));
        HashOf(Undisturbed(inputs)).ShouldBe(proven[Hours - 1].StateHash, "sessions change nothing");

        // Behind the header, whose text is compared with the plan.
        string session = sessions[17];
        string journal = Directory.GetFiles(session, "*.journal").ShouldHaveSingleItem();
        byte[] bytes = File.ReadAllBytes(journal);
        int place = bytes.Length * 2 / 3;
        bytes[place] ^= 0x04;
        File.WriteAllBytes(journal, bytes);
        for (int i = 0; i < Hours; i++)
        {
            if (i != 17)
            {
                Prove([sessions[i]])[0].Outcome.Divergence.ShouldBeNull();
            }
        }

        string named = Should.Throw<Exception>(() => Prove([session])).Message;
        named.ShouldStartWith(journal + " at byte ");
        int record = int.Parse(named[(journal.Length + " at byte ".Length)..].Split(':')[0], System.Globalization.CultureInfo.InvariantCulture);
        record.ShouldBeInRange(place - 300, place, "the record that holds the byte");
    }

    private (int Trips, byte[] End) Record(IReadOnlyList<Action<TradingAccount>> inputs)
    {
        AccountHome kept = new(_folder.Path, AccountScenario.Plan());
        using TradingAccount account = kept.Open(AccountScenario.Begin).Account;
        int trips = 0;
        for (int i = 0; i < inputs.Count; i++)
        {
            if (i % InputsAnHour == 0)
            {
                kept.BeginSession(account);
            }

            int before = account.Engine.Portfolio.RoundTrips.Count;
            inputs[i](account);
            trips += Math.Max(0, account.Engine.Portfolio.RoundTrips.Count - before);
        }

        kept.BeginSession(account);
        return (trips, account.Save());
    }

    private static byte[] Undisturbed(IReadOnlyList<Action<TradingAccount>> inputs)
    {
        using TemporaryFolder home = new();
        using TradingAccount account = new AccountHome(home.Path, AccountScenario.Plan()).Open(AccountScenario.Begin).Account;
        foreach (Action<TradingAccount> input in inputs)
        {
            input(account);
        }

        return account.Save();
    }

    private static IReadOnlyList<ProvenSession> Prove(IReadOnlyList<string> sessions)
    {
        SessionProof proof = new(AccountScenario.Reader);
        List<ProvenSession> proven = [];
        foreach (string session in sessions)
        {
            using TemporaryFolder scratch = new();
            proven.Add(proof.Run(session, Path.Combine(scratch.Path, "scratch")));
        }

        return proven;
    }

    private static string HashOf(byte[] state) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(state));
}
