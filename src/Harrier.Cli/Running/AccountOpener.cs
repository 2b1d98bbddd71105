using System.Diagnostics.CodeAnalysis;
using Harrier.Cli.Composition;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;
using Harrier.Storage.Records;

namespace Harrier.Cli.Running;

/// <summary>Opens accounts that a configuration names while the run goes on. One whose venue is away is waited for, as at a start.</summary>
/// <param name="composer">Wires accounts.</param>
/// <param name="fleet">Carries them.</param>
/// <param name="desks">Where they are steered, and who keeps their records.</param>
/// <param name="builtIn">Symbols of the built-in exchange of this run; none where there is no such exchange.</param>
/// <param name="ends">Ends the run.</param>
internal sealed class AccountOpener(AccountComposer composer, AccountFleet fleet, (RunDesk Control, RecordDesk Records) desks, IReadOnlyCollection<string> builtIn, CancellationToken ends)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    /// <summary>Told what became of an account that was waited for.</summary>
    public required Action<string> Tell { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>True for an account that is there, or waited for.</summary>
    public bool Has(string account)
    {
        lock (_waiting)
        {
            return _waiting.Contains(account) || fleet.Accounts.Any(one => one.Status.Name == account);
        }
    }

    /// <summary>What speaks against accounts that are new, as far as it can be known without asking a venue.</summary>
    public IEnumerable<string> Objections(IEnumerable<AccountSettings> added) =>
        from account in added
        where account.Endpoint == AccountSettings.BuiltIn
        from symbol in account.Symbols
        where !builtIn.Contains(symbol)
        select $"accounts: {account.Name}: {symbol}: a symbol of this run's built-in exchange ({(builtIn.Count == 0 ? "it has none" : string.Join(", ", builtIn))}); stop the run and start it to have others";

    /// <summary>Opens accounts, all or none.</summary>
    /// <returns>The accounts that are open, with what to say of each, and faults; with a fault nothing is open or waited for.</returns>
    [SuppressMessage("Reliability", "CA2025:Ensure tasks using 'IDisposable' instances complete before the instances are disposed", Justification = "The delay is over, or was canceled, before its source is disposed of.")]
    public async Task<(IReadOnlyList<Func<string>> Starts, IReadOnlyList<string> Faults)> OpenAsync(IReadOnlyList<AccountSettings> added)
    {
        using CancellationTokenSource none = CancellationTokenSource.CreateLinkedTokenSource(ends);
        (string Name, Task<ChangingAccount?> Task)[] opening = [.. added.Select(one => (one.Name, Task.Run(() => composer.ComposeAsync(one, ends))))];
        Task all = Task.WhenAll(opening.Select(static one => one.Task));
        await Task.WhenAny(all, Task.Delay(Patience, Time, none.Token)).ConfigureAwait(false);
        await none.CancelAsync().ConfigureAwait(false);
        string[] faults = [.. opening.Where(static one => one.Task.IsFaulted).Select(static one => $"accounts: {one.Name}: {Words(one.Task.Exception!.GetBaseException())}")];
        if (faults.Length == 0)
        {
            return ([.. opening.Select(one => (Func<string>)(() => StartOrWait(one.Name, one.Task)))], []);
        }

        foreach ((string name, Task<ChangingAccount?> task) in opening.Where(static one => !one.Task.IsFaulted))
        {
            _ = AbandonAsync(name, task);
        }

        return ([], faults);
    }

    private string StartOrWait(string name, Task<ChangingAccount?> task)
    {
        if (task is { IsCompletedSuccessfully: true, Result: { } account })
        {
            Begin(account);
            return $"{name}: started";
        }

        lock (_waiting)
        {
            _waiting.Add(name);
        }

        _ = WaitAsync(name, task);
        return $"{name}: waits for its venue, and starts then";
    }

    private async Task WaitAsync(string name, Task<ChangingAccount?> task)
    {
        try
        {
            if (await task.ConfigureAwait(false) is { } account)
            {
                Begin(account);
                Tell($"configuration: {name}: started");
            }
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            Tell($"error: configuration: accounts: {name}: {Words(fault)}");
        }
        finally
        {
            lock (_waiting)
            {
                _waiting.Remove(name);
            }
        }
    }

    private void Begin(ChangingAccount account)
    {
        desks.Control.Add(account);
        fleet.Start(account);
    }

    private async Task AbandonAsync(string name, Task<ChangingAccount?> task)
    {
        try
        {
            if (await task.ConfigureAwait(false) is { } account)
            {
                await account.AbandonAsync().ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            Tell($"warning: configuration: accounts: {name}: {Words(fault)}");
        }
        finally
        {
            desks.Records.Forget(name);
        }
    }

    private static bool IsExpected(Exception fault) =>
        fault is InputException or ConfigurationException or AccountStateException or RecordStoreException or IOException or UnauthorizedAccessException or OperationCanceledException;

    private static string Words(Exception fault) => fault is ConfigurationException wrong ? string.Join("; ", wrong.Faults) : fault.Message;
}
