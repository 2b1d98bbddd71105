using System.CommandLine;
using Harrier.Api.People.Google;
using Harrier.Api.Security;
using Harrier.Cli.Options;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Cli.Running;

/// <summary>The options of <c>run</c> by which people sign in with Google.</summary>
internal sealed class GoogleOptions
{
    private readonly Option<string?> _client = new("--google-client") { Description = "let people sign in with Google: the client id that Google gave", HelpName = "ID" };
    private readonly Option<string> _secret = new("--google-secret") { Description = "where the client secret is: env:NAME, or file:PATH with mode 0600", HelpName = "PLACE", DefaultValueFactory = static _ => "env:HARRIER_GOOGLE_SECRET" };
    private readonly Option<string[]> _allow = new("--google-allow") { Description = "who may: an address, or @ and the domain of an organization at Google; may be repeated", HelpName = "WHO", DefaultValueFactory = static _ => [] };
    private readonly Option<string> _role = new("--google-role") { Description = "what somebody new may do: viewer, trader or admin", HelpName = "R", DefaultValueFactory = static _ => "viewer" };

    /// <summary>Adds them to the verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_client, _secret, _allow, _role])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    /// <returns>Null where Google is not asked.</returns>
    /// <exception cref="InputException">One is wrong.</exception>
    public GoogleSignIn? Read(ParseResult parsed)
    {
        string[] allowed = [.. parsed.GetRequiredValue(_allow).Select(static who => who.ToLowerInvariant())];
        if (parsed.GetValue(_client) is not { Length: > 0 } client)
        {
            return allowed.Length == 0 ? null : throw new InputException("google-client", "none given", "the client id that Google gave, with --google-allow");
        }

        if (allowed.Length == 0 || Array.Find(allowed, static who => !IsWho(who)) is not null)
        {
            throw new InputException("google-allow", allowed.Length == 0 ? "none given" : Array.Find(allowed, static who => !IsWho(who))!, "an address such as ann@example.org, or a domain such as @example.org");
        }

        return NamedSecret.TryFind(parsed.GetRequiredValue(_secret), out NamedSecret? secret, out string shown, out string? fault)
            ? new GoogleSignIn
            {
                ClientId = client,
                ClientSecret = secret.Value,
                Emails = [.. allowed.Where(static who => who[0] != '@')],
                Domains = [.. allowed.Where(static who => who[0] == '@').Select(static who => who[1..])],
                Role = OptionText.Choice("--google-role", parsed.GetRequiredValue(_role), RoleWords.All),
            }
            : throw new InputException("google-secret", shown, fault);
    }

    private static bool IsWho(string text) => text.IndexOf('@', StringComparison.Ordinal) is >= 0 and int at && at == text.LastIndexOf('@') && at < text.Length - 1 && text.IndexOf('.', at) > at + 1;
}
