using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Harrier.Tests.Hosting.Accounts;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Changes;

/// <summary>An account in a home that is changed while it is fed, as its runner does it, and killed where a test wants it.</summary>
internal sealed class ChangeRig : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _fed;
    private int _proofs;

    public ChangeRig()
    {
        Home = new AccountHome(_folder.Path, AccountScenario.Plan());
        Account = Home.Open(AccountScenario.Begin).Account;
        Home.BeginSession(Account);
    }

    public string Folder => _folder.Path;

    public AccountHome Home { get; private set; }

    public TradingAccount Account { get; private set; }

    public Timestamp Now => Account.Engine.Time.Now;

    public static AccountCommand Command(AccountOrder order, string? bot, params (string Key, string Value)[] changes) =>
        new(order, bot, "ann", "a test") { Changes = [.. changes.Select(static one => KeyValuePair.Create(one.Key, one.Value))] };

    /// <summary>Of what an account is made by settings, on instruments that are made for their symbols.</summary>
    public static AccountPlan PlanOf(AccountSettings settings) => AccountScenario.Plan(SettingsText.Of(settings).ToJsonString());

    /// <summary>Feeds pairs of bars of the two symbols, and a heartbeat after each.</summary>
    public void Feed(int pairs, Func<bool>? until = null)
    {
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs((_fed / 3) + pairs);
        for (; _fed < inputs.Count && until?.Invoke() != true; _fed++)
        {
            inputs[_fed](Account);
        }
    }

    /// <summary>Carries out an order; where it changes the account, a new session begins.</summary>
    public CommandAnswer Change(AccountCommand command, int pastBars = 0)
    {
        try
        {
            AccountPlan plan = PlanOf(new AccountChange(AccountScenario.Reader).Apply(Account.Settings, command)).Named(Account.Plan.Identity.Run);
            IReadOnlyList<Bar> past = PastOf(plan, pastBars);
            TradingAccount next = AccountSuccession.Warm(plan, Home.Sessions.Scratch("prepare.tmp"), past);
            CommandAnswer answer = HandOver.Carry(Account, next, command, Now);
            if (answer.IsDone)
            {
                Account.Dispose();
                Account = next;
                Home.BeginSession(next, past);
            }
            else
            {
                next.Dispose();
            }

            return answer;
        }
        catch (ConfigurationException wrong)
        {
            return new CommandAnswer(false, string.Join('\n', wrong.Faults));
        }
    }

    /// <summary>Ends the process without saving anything, and opens what it left.</summary>
    public void Kill()
    {
        Account.Dispose();
        AccountPlan stored = AccountHome.StoredPlan(Folder, "test", AccountScenario.Reader)!;
        Home = new AccountHome(Folder, stored);
        Account = Home.Open(AccountScenario.Begin).Account;
        Home.BeginSession(Account);
    }

    /// <summary>What differs in the sessions so far from what a replay gives.</summary>
    public IReadOnlyList<string?> Divergences() =>
        [.. Home.Sessions.All().Select(session => new SessionProof(AccountScenario.Reader).Run(session, Path.Combine(Folder, FormattableString.Invariant($"proof-{++_proofs}"))).Outcome.Divergence)];

    public void Dispose()
    {
        Account.Dispose();
        _folder.Dispose();
    }

    // Bars that ended before the account began, of each of its instruments.
    private static IReadOnlyList<Bar> PastOf(AccountPlan plan, int bars)
    {
        List<Bar> past = [];
        foreach (Instrument instrument in plan.Instruments.Where(_ => bars > 0))
        {
            BarSeries series = RandomBars.Minutes(bars, 40 + instrument.Id.Index, 1_000_000 - bars, instrument: instrument);
            past.AddRange(Enumerable.Range(0, bars).Select(i => series[i]));
        }

        return [.. past.OrderBy(static bar => bar.CloseTime.Nanos).ThenBy(static bar => bar.Instrument.Index)];
    }
}
