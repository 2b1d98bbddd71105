using System.CommandLine;

namespace Harrier.Tests.Cli.Verbs;

/// <summary>What a verb printed and returned.</summary>
public sealed record VerbRun(int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static VerbRun Of(Command verb, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter errors = new() { NewLine = "\n" };
        int code = verb.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return new VerbRun(code, output.ToString(), errors.ToString());
    }
}
