using System.Diagnostics.CodeAnalysis;
using Harrier.Exchanges.Tests.Crashes;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Harrier.Exchanges.Tests;

/// <summary>Runs the tests; or, as a process of its own that a test may kill, trades one account or runs a portfolio bot.</summary>
[ExcludeFromCodeCoverage]
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (CrashHost.Asked is { } orders)
        {
            await CrashHost.RunAsync(orders);
            return 0;
        }

        if (Portfolio.BotProcess.Asked is { } command)
        {
            return await Portfolio.BotProcess.RunAsync(command);
        }

        // As the generated entry point does it.
        return args.Any(static a => a is "-automated" or "@@")
            ? await ConsoleRunner.Run(args)
            : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
    }
}
