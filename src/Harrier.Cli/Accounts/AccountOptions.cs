using Harrier.Cli.Options;
using Harrier.Exchanges;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Venues;

namespace Harrier.Cli.Accounts;

/// <summary>The options that name an account at a venue: <c>--venue</c>, <c>--key-file</c>, <c>--endpoint</c>.</summary>
internal static class AccountOptions
{
    /// <summary>Reads the options that name an account.</summary>
    /// <exception cref="InputFaultsException">Some are wrong.</exception>
    public static AccountRequest Read(string venue, string keyFile, string? endpoint)
    {
        FaultList faults = new();
        string? name = faults.Try(() => VenueAliases.Find("venue", venue).Name);
        VenuePlace? place = faults.Try(() => EndpointChoice.Read(endpoint));
        ApiCredentials? credentials = faults.Try(() => Credentials(keyFile, name));
        faults.ThrowIfAny();
        return new AccountRequest(name!, place!, credentials!);
    }

    private static ApiCredentials Credentials(string path, string? venue)
    {
        if (!KeyFile.TryRead(path, out KeyFile? file, out KeyFileFault? fault))
        {
            throw new InputException("key-file", fault.Field == "file" ? fault.Value : $"{fault.Field} {fault.Value}", fault.Allowed);
        }

        return venue is null || VenueAliases.ShareKeys(file.Venue, venue)
            ? file.Credentials
            : throw new InputException("key-file", $"a key of venue {file.Venue}", $"a key of {venue}");
    }
}
