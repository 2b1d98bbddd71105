using System.Globalization;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Venues;

namespace Harrier.Cli.Accounts;

/// <summary>A venue did not do what it was asked; shown as one line and answered with exit code 1.</summary>
internal sealed class VenueRefusalException(string line) : Exception(line)
{
    /// <summary>The line for an error of an account's call.</summary>
    /// <param name="error">What the venue or the network said.</param>
    /// <param name="request">Which account.</param>
    /// <param name="reached">Where it is reached.</param>
    public static VenueRefusalException Of(VenueError error, AccountRequest request, Uri reached)
    {
        string code = error.NativeCode == 0 ? "" : $" ({error.NativeCode.ToString(CultureInfo.InvariantCulture)})";
        string place = reached.GetLeftPart(UriPartial.Authority);
        return new VenueRefusalException(error.Kind switch
        {
            VenueErrorKind.Authentication => $"key-file: {request.Credentials.MaskedKey}: {place} refused key or secret{code}: {error.Message}",
            VenueErrorKind.Permission => $"key-file: {request.Credentials.MaskedKey}: the key may not do this{code}: {error.Message}",
            VenueErrorKind.ClockSkew => $"clock: off by more than the venue accepts{code}: {error.Message}",
            VenueErrorKind.Network or VenueErrorKind.Timeout => $"endpoint: {place}: cannot be reached: {error.Message}",
            VenueErrorKind.Malformed => $"endpoint: {place}: does not answer as {request.Venue} does: {error.Message}",
            _ => $"endpoint: {place}: {error.Kind}{code}: {error.Message}",
        });
    }
}
