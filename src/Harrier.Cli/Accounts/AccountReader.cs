using System.Globalization;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;

namespace Harrier.Cli.Accounts;

/// <summary>Asks a venue for all that <c>account</c> shows.</summary>
internal sealed class AccountReader(AccountAccess access, AccountRequest request, string feeSymbol, CancellationToken stop)
{
    private static readonly TimeSpan NotableOffset = TimeSpan.FromSeconds(1);

    /// <summary>Asks.</summary>
    /// <exception cref="VenueRefusalException">The venue did not answer what must be known.</exception>
    public async Task<AccountView> ReadAsync()
    {
        AccountClient client = access.Reader;
        AccountSnapshot account = Needed(await client.AccountAsync(stop));
        IReadOnlyList<VenuePosition> positions = Needed(await client.PositionsAsync(stop));
        IReadOnlyList<VenueOrder> orders = Needed(await client.OpenOrdersAsync(null, stop));
        VenueResult<FeeRates> fees = await client.FeesAsync(feeSymbol, stop);
        if (!fees.IsOk && fees.Error.Kind is VenueErrorKind.UnknownSymbol)
        {
            throw new InputException("symbol", feeSymbol, $"a symbol of {request.Venue}");
        }

        VenueResult<KeyPermissions> permissions = await client.KeyPermissionsAsync(stop);
        List<string> warnings = [];
        warnings.AddRange(permissions.IsOk ? permissions.Value.Warnings : [$"the venue did not tell what the key may do ({permissions.Error.Message}): make sure that it cannot withdraw"]);
        if (!fees.IsOk)
        {
            warnings.Add($"the venue did not tell its fees ({fees.Error.Message})");
        }

        if (access.Clock.Offset.Duration() >= NotableOffset)
        {
            string apart = access.Clock.Offset.Duration().TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            warnings.Add($"this machine's clock is {apart} s {(access.Clock.Offset > TimeSpan.Zero ? "behind" : "ahead of")} the venue's; calls are stamped with the venue's time, but set the clock");
        }

        return new AccountView
        {
            Venue = request.Venue,
            Place = access.Place,
            MaskedKey = request.Credentials.MaskedKey,
            ClockOffset = access.Clock.Offset,
            Account = account,
            Positions = positions,
            OpenOrders = orders,
            Fees = fees.IsOk ? fees.Value : null,
            Permissions = permissions.IsOk ? permissions.Value : null,
            Warnings = warnings,
        };
    }

    private T Needed<T>(VenueResult<T> result) => result.IsOk ? result.Value : throw VenueRefusalException.Of(result.Error, request, access.Place);
}
