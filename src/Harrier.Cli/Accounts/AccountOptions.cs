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
        ApiCredentials? credentials = faults.Try(() => Credentials("key-file", keyFile, name));
        faults.ThrowIfAny();
        return new AccountRequest(name!, place!, credentials!);
    }

    /// <summary>Reads a key file.</summary>
    /// <param name="field">Where it was named.</param>
    /// <param name="path">The file.</param>
    /// <param name="venue">Whose key it must be; null for anybody's.</param>
    /// <exception cref="InputException">It is missing, readable for others, or holds no key of the venue.</exception>
    public static ApiCredentials Credentials(string field, string path, string? venue)
    {
        if (!KeyFile.TryRead(path, out KeyFile? file, out KeyFileFault? fault))
        {
            throw new InputException(field, fault.Field == "file" ? fault.Value : $"{fault.Field} {fault.Value}", fault.Allowed);
        }

        return venue is null || VenueAliases.ShareKeys(file.Venue, venue)
            ? file.Credentials
            : throw new InputException(field, $"a key of venue {file.Venue}", $"a key of {venue}");
    }
}
