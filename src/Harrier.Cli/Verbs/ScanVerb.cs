using System.CommandLine;
using Harrier.Cli.Scanning;
using Harrier.Strategies.Scanning;

namespace Harrier.Cli.Verbs;

/// <summary><c>scan --preset P</c>: which markets are worth trading by a preset, best first.</summary>
public static class ScanVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        ScanOptions options = new();
        Command command = new("scan", "Rank markets by the filters of a preset, with what each filter saw.");
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, stop) => RunAsync(options.Read(parsed), streams, stop));
        return command;
    }

    private static async Task<int> RunAsync(ScanRequest request, InvocationConfiguration streams, CancellationToken stop)
    {
        IReadOnlyList<MarketFacts> facts = await ScanMarkets.ReadAsync(request, streams.Error.WriteLine, stop).ConfigureAwait(false);
        ScannedMarket[] markets = [.. new MarketScanner(request.Preset).Scan(facts).Take(request.Top)];
        if (request.IsJson)
        {
            await streams.Output.WriteLineAsync(ScanText.ToJson(request, markets, facts.Count)).ConfigureAwait(false);
        }
        else
        {
            ScanText.Write(streams.Output, markets);
        }

        return 0;
    }
}
