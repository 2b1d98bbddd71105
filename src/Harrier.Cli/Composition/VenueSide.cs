using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Harrier.Cli.Accounts;
using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Keys;
using Harrier.Storage.Accounts;
using Harrier.Storage.Journal;
using Harrier.Testnet;

namespace Harrier.Cli.Composition;

/// <summary>Wires the venue's side of an account: its key, what the key may do, what the account owns, its journal, the way to it.</summary>
/// <param name="home">The folder of all state.</param>
/// <param name="surroundings">The outside world.</param>
/// <param name="exchange">The built-in exchange of this process; null where no account trades on it.</param>
/// <param name="warn">Shows a line.</param>
internal sealed class VenueSide(string home, VenueSurroundings surroundings, BuiltInExchange? exchange, Action<string> warn)
{
    /// <summary>Time between two readings of the account, beside those after each connect and each doubt.</summary>
    public TimeSpan AuditEvery { get; init; } = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>Opens the calls of the account, and refuses it when its key may do too much, or its bots would own more than there is.</summary>
    /// <param name="settings">The account.</param>
    /// <param name="place">Where the venue is.</param>
    /// <param name="isFresh">True when the bots get their money now.</param>
    /// <param name="stop">Ends the wait for a venue that is away.</param>
    /// <returns>The calls, which their owner disposes of; null when <paramref name="stop"/> came first.</returns>
    /// <exception cref="InputException">The account is refused.</exception>
    /// <exception cref="VenueRefusalException">The venue refuses the key.</exception>
    public async Task<TradingAccess?> OpenAsync(AccountSettings settings, VenuePlace place, bool isFresh, CancellationToken stop)
    {
        AccountRequest request = new(settings.Venue, place, CredentialsOf(settings)) { Symbols = settings.Symbols };
        AccountAccess access = Exchanges.Of(settings.Venue).OpenAccount(request, surroundings);
        try
        {
            if (access is not TradingAccess trading)
            {
                throw new InputException("venue", settings.Venue, "a venue with orders");
            }

            AccountInspection inspection = new(trading, request, settings);
            if (await AskAsync(settings, () => inspection.RunAsync(isFresh, warn, stop), stop).ConfigureAwait(false))
            {
                return trading;
            }
        }
        catch
        {
            access.Dispose();
            throw;
        }

        access.Dispose();
        return null;
    }

    /// <summary>Joins the account, its journal and the way to the venue.</summary>
    /// <param name="access">The calls, owned by the link from now on.</param>
    /// <param name="account">The account as it was opened.</param>
    /// <exception cref="AccountStateException">The journal of the account at the venue cannot be used.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The link owns venue and journal.")]
    public VenueLink Link(TradingAccess access, TradingAccount account)
    {
        AccountPlan plan = account.Plan;
        VenueInputs inputs = new();
        AccountBook book = new();

        // Who only watches keeps no facts: nothing is sent that would have to be known at the next start.
        AccountJournal? journal = plan.Settings.Kind.SendsOrders ? JournalOf(plan.Settings, fact => book.Apply(fact)) : null;
        TradingVenueOptions options = new()
        {
            Instruments = plan.Instruments,
            Reports = inputs.Take,
            Record = new AccountRecord(book, journal),
            EntriesHalted = inputs.Alarm,
            IsShared = inputs.IsShared,
            PriceOf = inputs.PriceOf,
            SendsAtOnce = !plan.Settings.OutlivesPower,
            Heard = () => inputs.Heard,
            Leaves = inputs.Leave,
            AuditEvery = AuditEvery,
        };
        return new VenueLink(new TradingVenue(access, options, surroundings), inputs, surroundings.Time, journal);
    }

    private AccountJournal JournalOf(AccountSettings settings, Action<AccountFact> take)
    {
        string folder = AccountJournal.FolderOf(home, new VenueId(settings.Venue), CredentialsOf(settings).Scope);
        try
        {
            return AccountJournal.Open(folder, take, outlivesPower: settings.OutlivesPower);
        }
        catch (JournalException damage)
        {
            throw new AccountStateException(settings.Name, damage.Message);
        }
        catch (IOException fault)
        {
            throw new AccountStateException(settings.Name, $"{folder}: the journal of the account at the venue cannot be opened ({fault.Message}); another account or program may trade with the same key");
        }
    }

    // The built-in exchange makes its keys itself, and tells them.
    private ApiCredentials CredentialsOf(AccountSettings settings)
    {
        if (settings.KeyFile is { } file)
        {
            return file.StartsWith(KeyVault.Prefix, StringComparison.Ordinal) ? Stored(file, settings.Venue) : AccountOptions.Credentials("key_file", file, settings.Venue);
        }

        using JsonDocument ready = JsonDocument.Parse(exchange!.Host.ReadyLine);
        JsonElement house = ready.RootElement.GetProperty(settings.Venue.Split('-')[0]);
        return new ApiCredentials(house.GetProperty("key").GetString()!, new Secret(house.GetProperty("secret").GetString()!));
    }

    private ApiCredentials Stored(string name, string venue)
    {
        try
        {
            return new KeyVault(home, Environment.GetEnvironmentVariable(KeyVault.Variable)).Open(name[KeyVault.Prefix.Length..]) is not var (stored, credentials)
                ? throw new InputException("key_file", name, "the id of a key that POST /exchange/keys has stored in this home")
                : VenueAliases.ShareKeys(stored, venue) ? credentials : throw new InputException("key_file", $"a key of venue {stored}", $"a key of {venue}");
        }
        catch (InvalidDataException broken)
        {
            throw new InputException("key_file", name, broken.Message);
        }
    }

    // A venue that is away may come back; one that refuses does not change its mind.
    private async Task<bool> AskAsync(AccountSettings settings, Func<Task<VenueError?>> ask, CancellationToken stop)
    {
        try
        {
            for (TimeSpan wait = FirstPause; ; wait = wait * 2 < LongestPause ? wait * 2 : LongestPause)
            {
                if (await ask().ConfigureAwait(false) is not { } trouble)
                {
                    return true;
                }

                warn($"warning: {settings.Name}: {settings.Venue} cannot be asked about the account: {trouble.Message}; next attempt in {wait.TotalSeconds:0} s, nothing is traded meanwhile");
                await Task.Delay(trouble.RetryAfter ?? wait, surroundings.Time, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
