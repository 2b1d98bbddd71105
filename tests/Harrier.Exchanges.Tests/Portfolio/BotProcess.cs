using System.CommandLine;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary><c>runbot</c> in a process of its own.</summary>
internal static class BotProcess
{
    private const string Variable = "HARRIER_TEST_RUNBOT";

    /// <summary>The arguments, where this process is meant to be one.</summary>
    public static string[]? Asked => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? JsonSerializer.Deserialize<string[]>(text) : null;

    public static Task<int> RunAsync(string[] command) => new RootCommand { RunbotVerb.Create(new Option<bool>("--verbose")) }.Parse(command).InvokeAsync();

    public static KillableProcess Start(params string[] command) => new(Variable, JsonSerializer.Serialize(command.Prepend("runbot")));

    /// <summary>Waits until a bot has told of so many steps of decisions.</summary>
    public static Task HasToldAsync(KillableProcess bot, int steps) =>
        bot.Says(lines => lines.Count(static line => line.Contains(" decision ", StringComparison.Ordinal)) >= steps, $"{steps} steps of decisions");
}
