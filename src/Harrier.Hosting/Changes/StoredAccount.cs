using Harrier.Domain;
using Harrier.Engine;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Changes;

/// <summary>An account that was there before this start, and what it is to be from now on.</summary>
public sealed class StoredAccount
{
    private StoredAccount(AccountHome home, OpenedAccount opened, AccountSettings wanted)
    {
        (Home, Account, Replayed, Wanted) = (home, opened.Account, opened.Replayed, wanted);
    }

    /// <summary>Where it is kept.</summary>
    public AccountHome Home { get; }

    /// <summary>The account as it was left.</summary>
    public TradingAccount Account { get; }

    /// <summary>Inputs that were replayed.</summary>
    public long Replayed { get; }

    /// <summary>Of what it is to be made.</summary>
    public AccountSettings Wanted { get; }

    /// <summary>True when that differs from what it was made of when it was left.</summary>
    public bool IsChanged => Account.Ordered is not null || WhatChanges.Length > 0;

    /// <summary>What changes, for people; empty when nothing does.</summary>
    public string WhatChanges => string.Join("; ", ChangeText.Between(Account.Settings, Wanted));

    /// <summary>Opens it.</summary>
    /// <param name="home">The folder of all state.</param>
    /// <param name="stored">Of what it was made when its newest session began.</param>
    /// <param name="configuration">What the configuration says of it now, and who reads settings.</param>
    /// <param name="now">When.</param>
    /// <param name="witness">Sees the replay of its newest session; null when nobody does.</param>
    /// <exception cref="AccountStateException">What is stored cannot be continued.</exception>
    /// <exception cref="ConfigurationException">The configuration says what the account cannot become.</exception>
    public static StoredAccount Open(string home, AccountPlan stored, (AccountSettings Settings, SettingsReader Reader) configuration, Timestamp now, ISessionWitness? witness = null)
    {
        ArgumentNullException.ThrowIfNull(stored);
        (AccountSettings settings, SettingsReader reader) = configuration;
        AccountHome kept = new(home, stored);
        OpenedAccount opened = kept.Open(now, witness);
        try
        {
            TradingAccount account = opened.Account;
            AccountSettings current = account.Ordered is { } ordered ? reader.ReadAccount(ConfigurationTree.Parse("what was ordered", ordered)) : account.Settings;
            AccountSettings before = ConfiguredFile.Read(home, settings.Name, reader) ?? settings;
            AccountSettings wanted = new ConfigurationMerge(reader).Apply(current, before, settings);
            return ChangeRules.Refusals(account, wanted) is [_, ..] refusals ? throw new ConfigurationException(refusals) : new StoredAccount(kept, opened, wanted);
        }
        catch
        {
            opened.Account.Dispose();
            throw;
        }
    }

    /// <summary>Looks whether the venue still has the instruments as they were.</summary>
    /// <param name="listed">The instruments of the account as the venue lists them now, in the order of their ids.</param>
    /// <exception cref="AccountStateException">It does not.</exception>
    public void RequireSameTerms(IReadOnlyList<Instrument> listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        AccountPlan plan = Account.Plan;
        if (new AccountPlan(plan.Settings, [.. listed.Take(plan.Instruments.Count)], plan.Identity.Build).ConfigHash != plan.ConfigHash)
        {
            throw new AccountStateException(plan.Settings.Name, "the venue lists its instruments with other terms than those with which the state was saved; a state can only be continued by what made it");
        }
    }

    /// <summary>Journals what the configuration says anew, and lets the account that was prepared go on where this one stands.</summary>
    /// <param name="next">The account of <see cref="Wanted"/>, warmed up.</param>
    /// <param name="now">When.</param>
    /// <exception cref="ConfigurationException">The account cannot become that any more.</exception>
    /// <exception cref="IOException">It could not be journaled.</exception>
    public void HandOver(PreparedAccount next, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (Account.Ordered != SettingsText.Of(next.Account.Plan.Settings).ToJsonString())
        {
            // A journal for the order; one that was ordered before and not done is in a journal already.
            Home.BeginSession(Account);
            Account.Handle(new Heartbeat(now, TimeSpan.Zero));
        }

        CommandAnswer answer = Changes.HandOver.Carry(Account, next.Account, new AccountCommand(AccountOrder.Configure, null, "configuration", "it says so since it was last read"), now);
        if (!answer.IsDone)
        {
            throw new ConfigurationException(answer.Text.Split('\n'));
        }

        Account.Dispose();
    }
}
