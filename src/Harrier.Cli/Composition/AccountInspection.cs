using System.Globalization;
using Harrier.Cli.Accounts;
using Harrier.Domain;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Configuration;

namespace Harrier.Cli.Composition;

/// <summary>Looks at an account before bots get it: what its key may do, and whether it owns what the bots are to begin with. Nothing is changed.</summary>
/// <param name="access">The calls of the account.</param>
/// <param name="request">Where it is, with the key.</param>
/// <param name="settings">What is to be done with it.</param>
internal sealed class AccountInspection(TradingAccess access, AccountRequest request, AccountSettings settings)
{
    /// <summary>Looks.</summary>
    /// <param name="isFresh">True when the bots get their money now.</param>
    /// <param name="warn">Shows what an owner should know.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What stands in the way of asking, for another attempt; null when the account may be used.</returns>
    /// <exception cref="InputException">The account is refused.</exception>
    /// <exception cref="VenueRefusalException">The venue refuses the key.</exception>
    public async Task<VenueError?> RunAsync(bool isFresh, Action<string> warn, CancellationToken stop)
    {
        await access.Clock.RefreshAsync(stop).ConfigureAwait(false);
        VenueResult<AccountSnapshot> account = await access.Client.AccountAsync(stop).ConfigureAwait(false);
        if (!account.IsOk)
        {
            return Again(account.Error);
        }

        VenueResult<KeyPermissions> permissions = await access.Client.KeyPermissionsAsync(stop).ConfigureAwait(false);
        if (permissions.IsOk)
        {
            Judge(permissions.Value, warn);
        }
        else if (IsPassing(permissions.Error))
        {
            return permissions.Error;
        }
        else if (settings.Kind.IsGuarded && request.Place.Kind == PlaceKind.Live)
        {
            throw new InputException("key_file", request.Credentials.MaskedKey, $"a key of which the venue tells what it may do; it said {permissions.Error.Message}");
        }
        else
        {
            warn($"warning: {settings.Name}: the venue did not tell what the key may do ({permissions.Error.Message}): make sure that it cannot withdraw");
        }

        if (isFresh)
        {
            RequireMoney(account.Value);
        }

        return null;
    }

    private void Judge(KeyPermissions permissions, Action<string> warn)
    {
        string[] tooMuch = [.. new[] { permissions.CanWithdraw ? "withdraw" : "", permissions.CanTransfer ? "transfer" : "" }.Where(static right => right.Length > 0)];
        if (settings.Kind.IsGuarded && tooMuch.Length > 0)
        {
            throw new InputException("key_file", $"{request.Credentials.MaskedKey} may {string.Join(" and ", tooMuch)}", "a key without that right: a bot never needs it");
        }

        if (settings.Kind.SendsOrders && !permissions.CanTrade)
        {
            throw new InputException("key_file", $"{request.Credentials.MaskedKey} may not trade in this market", "a key that may");
        }

        foreach (string warning in permissions.Warnings.Where(_ => settings.Kind.IsGuarded))
        {
            warn($"warning: {settings.Name}: {warning}");
        }
    }

    // The bots' parts are parts of something: together they cannot be more than it.
    private void RequireMoney(AccountSnapshot account)
    {
        Asset quote = QuoteOf(settings);
        decimal owned = account.Balances.Where(balance => balance.Asset == quote).Sum(static balance => balance.Total);
        decimal wanted = settings.Bots.Sum(static bot => bot.Balance);
        if (wanted > owned)
        {
            throw new InputException(
                "balance",
                string.Create(CultureInfo.InvariantCulture, $"{wanted:0.########} {quote} for the {settings.Bots.Count} bots of {settings.Name}"),
                string.Create(CultureInfo.InvariantCulture, $"at most the {owned:0.########} {quote} that the account owns"));
        }
    }

    private static Asset QuoteOf(AccountSettings settings) => SymbolText.TryParse(settings.Symbols[0], out _, out Asset quote) ? quote : default;

    private VenueError Again(VenueError error) => IsPassing(error) ? error : throw VenueRefusalException.Of(error, request, access.Place);

    private static bool IsPassing(VenueError error) => error.Kind is VenueErrorKind.Network or VenueErrorKind.Timeout or VenueErrorKind.RateLimited or VenueErrorKind.Overloaded
            or VenueErrorKind.Maintenance or VenueErrorKind.Banned;
}
