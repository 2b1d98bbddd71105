using System.CommandLine;
using Harrier.Api.Security;
using Harrier.Cli.Options;
using Harrier.Cli.Running;

namespace Harrier.Cli.Verbs;

/// <summary><c>token create</c>: tokens by which programs use the HTTP service.</summary>
public static class TokenVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string> role = new("--role") { Description = "what it allows: viewer, trader or admin", HelpName = "R", Required = true };
        Option<string?> expires = new("--expires") { Description = "for how long, such as 30d; for good where nothing is said", HelpName = "T" };
        Option<string> home = new("--home") { Description = "folder of all state", HelpName = "DIR", DefaultValueFactory = static _ => ".harrier" };
        Command create = new("create", "Make a token and print it, once and nothing else.") { role, expires, home };
        create.Does(verbose, (parsed, streams, _) =>
        {
            Role allowed = OptionText.Choice("--role", parsed.GetRequiredValue(role), RoleWords.All);
            TimeSpan? length = parsed.GetValue(expires) is { } text ? OptionText.Span("--expires", text) : null;
            string folder = OutputFolder.Check("--home", parsed.GetRequiredValue(home));
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            streams.Output.WriteLine(RunService.TokensOf(folder).Create(allowed, now, now + length));
            return 0;
        });
        return new Command("token", "Tokens of programs that use the HTTP service of run.") { create };
    }
}
