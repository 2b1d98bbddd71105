using System.Text;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Uphold;

/// <summary>Who makes the calls: a bearer token, or the name and password of an application that are exchanged for one.</summary>
public sealed class UpholdAuthorization
{
    private const string FormType = "application/x-www-form-urlencoded";
    private readonly ApiCredentials? _application;
    private Secret? _token;

    private UpholdAuthorization(Secret? token, ApiCredentials? application) => (_token, _application) = (token, application);

    /// <summary>What sets the account apart in what processes share; nothing secret.</summary>
    public string Scope { get; private init; } = "";

    /// <summary>True when a token has to be asked for before the first call.</summary>
    public bool NeedsToken => Volatile.Read(ref _token) is null;

    /// <summary>True when a refused token can be replaced by asking for another.</summary>
    public bool CanRenew => _application is not null;

    /// <summary>A personal access token, or one of another flow. The key of the credentials only names the account.</summary>
    public static UpholdAuthorization Bearer(ApiCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return new UpholdAuthorization(credentials.Secret, null) { Scope = credentials.Scope };
    }

    /// <summary>The client credentials of a business: id and secret of its application.</summary>
    public static UpholdAuthorization ClientCredentials(ApiCredentials application)
    {
        ArgumentNullException.ThrowIfNull(application);
        return new UpholdAuthorization(null, application) { Scope = application.Scope };
    }

    /// <inheritdoc/>
    public override string ToString() => _application is null ? "UpholdAuthorization { bearer }" : "UpholdAuthorization { client credentials }";

    internal KeyValuePair<string, string> Header() => new(
        "Authorization", "Bearer " + (Volatile.Read(ref _token) ?? throw new InvalidOperationException("no token was asked for")).Reveal());

    internal RestRequest TokenRequest()
    {
        ApiCredentials application = _application ?? throw new InvalidOperationException("a bearer token is not asked for");
        string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes(application.Key + ":" + application.Secret.Reveal()));
        return new RestRequest
        {
            Method = "POST",
            Path = "/oauth2/token",
            Body = "grant_type=client_credentials",
            ContentType = FormType,
            Headers = [new KeyValuePair<string, string>("Authorization", "Basic " + basic)],
        };
    }

    internal VenueResult<bool> Take(string token)
    {
        if (token.Length == 0 || token.Any(c => !char.IsAscii(c) || char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return VenueResult<bool>.Failed(new VenueError(VenueErrorKind.Malformed, Outcome.NotDone, 0, "the token service answered without a token"));
        }

        Volatile.Write(ref _token, new Secret(token));
        return VenueResult<bool>.Ok(true);
    }

    internal void Forget()
    {
        if (CanRenew)
        {
            Volatile.Write(ref _token, null);
        }
    }
}
