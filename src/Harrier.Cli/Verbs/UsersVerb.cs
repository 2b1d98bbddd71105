using System.CommandLine;
using System.Text.Json.Nodes;
using Harrier.Api.People;
using Harrier.Api.Security;
using Harrier.Cli.MarketData;
using Harrier.Cli.Options;

namespace Harrier.Cli.Verbs;

/// <summary><c>users</c>: who may sign in to the HTTP service. A run on the home sees changes at once.</summary>
public static class UsersVerb
{
    private const string Field = "user";

    private static readonly Administrator Here = new("command line", "");

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose) => new("users", "Show and change who may sign in to the HTTP service.")
    {
        List(verbose),
        Invite(verbose),
        SetRole(verbose),
        Password(verbose),
        Change("disable", "Let nobody in by a name any more, and end the sessions.", static (users, name) => users.Disable(Here, name), verbose),
        Change("enable", "Let somebody in again.", static (users, name) => users.Enable(Here, name), verbose),
        Change("remove", "Remove somebody, and end the sessions.", static (users, name) => users.Remove(Here, name), verbose),
    };

    private static Command List(Option<bool> verbose)
    {
        Option<string> home = Home();
        Option<bool> json = new("--json") { Description = "print a JSON array" };
        Command command = new("list", "List users.") { home, json };
        command.Does(verbose, (parsed, streams, _) =>
        {
            IReadOnlyList<User> users = Of(parsed, home).Users;
            if (parsed.GetValue(json))
            {
                streams.Output.WriteLine(new JsonArray([.. users.Select(JsonOf)]).ToJsonString());
            }
            else
            {
                TextTable.Write(streams.Output, ["name", "role", "state", "signs in by", "one-time codes"], [.. users.Select(static user => (string[])
                    [user.Name, RoleWords.Of(user.Role), user.IsDisabled ? "disabled" : "enabled", By(user), user.TotpSecret is null ? "no" : "yes"])]);
            }

            return 0;
        });
        return command;
    }

    private static Command Invite(Option<bool> verbose)
    {
        Option<string> role = new("--role") { Description = "what the new one may do: viewer, trader or admin", HelpName = "R", Required = true };
        return Link("invite", "Print a link by which somebody new chooses name and password, once.", command => command.Options.Add(role), (users, parsed, length) =>
            users.Invite(Here, OptionText.Choice("--role", parsed.GetRequiredValue(role), RoleWords.All), length).Path, verbose);
    }

    private static Command Password(Option<bool> verbose)
    {
        Argument<string> name = Name();
        return Link("password", "Print a link by which somebody chooses another password, once.", command => command.Arguments.Add(name), (users, parsed, length) =>
        {
            (UserChange outcome, (OneTimeLink, string Path)? made) = users.ResetPassword(Here, parsed.GetRequiredValue(name), length);
            ThrowIfNot(outcome, parsed.GetRequiredValue(name), users);
            return made!.Value.Path;
        }, verbose);
    }

    private static Command Link(string name, string description, Action<Command> also, Func<UserAdministration, ParseResult, TimeSpan, string> make, Option<bool> verbose)
    {
        Option<string> expires = new("--expires") { Description = "how long the link is good, 1m to 30d", HelpName = "T", DefaultValueFactory = static _ => "3d" };
        Option<string> service = new("--service") { Description = "address at which the service is asked for", HelpName = "URL", DefaultValueFactory = static _ => "http://127.0.0.1:8000" };
        Option<string> home = Home();
        Command command = new(name, description) { expires, service, home };
        also(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            TimeSpan length = OptionText.Span("--expires", parsed.GetRequiredValue(expires));
            if (length < UserAdministration.ShortestLink || length > UserAdministration.LongestLink)
            {
                throw new InputException("expires", parsed.GetRequiredValue(expires), "1m to 30d");
            }

            if (!Uri.TryCreate(parsed.GetRequiredValue(service), UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            {
                throw new InputException("service", parsed.GetRequiredValue(service), "an address such as https://harrier.example.org");
            }

            streams.Output.WriteLine(new Uri(address, make(Of(parsed, home), parsed, length)));
            return 0;
        });
        return command;
    }

    private static Command SetRole(Option<bool> verbose)
    {
        Argument<string> name = Name();
        Argument<string> role = new("role") { Description = "viewer, trader or admin" };
        Option<string> home = Home();
        Command command = new("role", "Give somebody another role.") { name, role, home };
        command.Does(verbose, (parsed, streams, _) =>
        {
            Role given = OptionText.Choice("role", parsed.GetRequiredValue(role), RoleWords.All);
            return Tell(streams, parsed.GetRequiredValue(name), Of(parsed, home), users => users.SetRole(Here, parsed.GetRequiredValue(name), given));
        });
        return command;
    }

    private static Command Change(string verb, string description, Func<UserAdministration, string, UserChange> change, Option<bool> verbose)
    {
        Argument<string> name = Name();
        Option<string> home = Home();
        Command command = new(verb, description) { name, home };
        command.Does(verbose, (parsed, streams, _) => Tell(streams, parsed.GetRequiredValue(name), Of(parsed, home), users => change(users, parsed.GetRequiredValue(name))));
        return command;
    }

    private static int Tell(InvocationConfiguration streams, string name, UserAdministration users, Func<UserAdministration, UserChange> change)
    {
        ThrowIfNot(change(users), name, users);
        streams.Output.WriteLine(users.Users.FirstOrDefault(user => user.Name == name) is { } after ? $"{name}: {RoleWords.Of(after.Role)}, {(after.IsDisabled ? "disabled" : "enabled")}" : $"{name}: removed");
        return 0;
    }

    private static void ThrowIfNot(UserChange outcome, string name, UserAdministration users)
    {
        if (outcome != UserChange.Done)
        {
            string known = string.Join(", ", users.Users.Select(static user => user.Name));
            throw new InputException(Field, name, outcome switch
            {
                UserChange.LastAdministrator => "not the last administrator: make another one first",
                UserChange.Senseless => "one that is enabled and has a password",
                _ => known.Length > 0 ? "one of " + known : "somebody who may sign in: there is nobody yet",
            });
        }
    }

    private static UserAdministration Of(ParseResult parsed, Option<string> home)
    {
        try
        {
            return UserAdministration.Of(OutputFolder.Check("--home", parsed.GetRequiredValue(home)), TimeProvider.System);
        }
        catch (InvalidDataException broken)
        {
            throw new InputException("home", parsed.GetRequiredValue(home), broken.Message);
        }
    }

    private static Argument<string> Name() => new(Field) { Description = "a name" };

    private static Option<string> Home() => new("--home") { Description = "folder of all state", HelpName = "DIR", DefaultValueFactory = static _ => ".harrier" };

    private static string By(User user) => user.GoogleSubject is null ? "password" : "google";

    private static JsonNode JsonOf(User user) => new JsonObject
    {
        ["name"] = user.Name,
        ["role"] = RoleWords.Of(user.Role),
        ["created_at"] = user.Created.UtcDateTime.ToString("O"),
        ["is_disabled"] = user.IsDisabled,
        ["has_codes"] = user.TotpSecret is not null,
        ["signs_in_by"] = By(user),
    };
}
