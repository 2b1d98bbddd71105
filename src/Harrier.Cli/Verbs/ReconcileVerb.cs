using System.CommandLine;
using Harrier.Cli.Accounts;
using Harrier.Cli.Options;
using Harrier.Cli.Reconciliation;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;
using Harrier.Storage.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Cli.Verbs;

/// <summary><c>reconcile --venue V --key-file F --endpoint E</c>: in what an account differs from the journal of it, and what is to be done.</summary>
public static class ReconcileVerb
{
    private const int Different = 1;
    private const int Refused = 1;

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string> venue = new("--venue") { Description = "one of " + string.Join(", ", VenueAliases.Known), HelpName = "V", Required = true };
        Option<string> keyFile = new("--key-file") { Description = "JSON of venue, key and secret; mode 0600", HelpName = "F", Required = true };
        Option<string?> endpoint = new("--endpoint") { Description = EndpointChoice.Allowed, HelpName = "E" };
        Option<string?> home = new("--home") { Description = "folder of all state [.harrier]", HelpName = "DIR" };
        Option<bool> apply = new("--apply") { Description = "write what was concluded into the account's journal; nothing is sent to the venue" };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("reconcile", "Compare an account with the journal of it: orders, executions, positions, balances. Exit code 1 when they differ.")
        {
            venue, keyFile, endpoint, home, apply, json,
        };
        command.Does(verbose, (parsed, streams, stop) =>
        {
            AccountRequest request = AccountOptions.Read(parsed.GetRequiredValue(venue), parsed.GetRequiredValue(keyFile), parsed.GetValue(endpoint));
            string folder = OutputFolder.Check("--home", parsed.GetValue(home) ?? ".harrier");
            ReconcileRequest wanted = new(request, folder, parsed.GetValue(apply));
            return RunAsync(wanted, streams, parsed.GetValue(json), stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(ReconcileRequest request, InvocationConfiguration streams, bool isJson, CancellationToken stop)
    {
        using HttpMessageInvoker http = RestTransport.Create();
        VenueSurroundings surroundings = Composition.Exchanges.Surroundings(http, TimeProvider.System, NullLogger.Instance);
        using AccountAccess access = Composition.Exchanges.Of(request.Account.Venue).OpenAccount(request.Account, surroundings);
        if (access is not TradingAccess trading)
        {
            throw new InputException("venue", request.Account.Venue, "a venue with orders");
        }

        ReconcileView view;
        try
        {
            view = await new ReconcileRun(trading, request, TimeProvider.System).RunAsync(stop);
        }
        catch (VenueRefusalException refusal)
        {
            BadInput.Show(streams.Error, [refusal.Message]);
            return Refused;
        }
        catch (JournalException damage)
        {
            BadInput.Show(streams.Error, [$"home: {damage.Message}"]);
            return Refused;
        }

        if (isJson)
        {
            await streams.Output.WriteAsync(ReconcileJson.Of(view));
        }
        else
        {
            ReconcileText.Write(view, streams.Output);
        }

        return view.Differences.Count == 0 ? 0 : Different;
    }
}
