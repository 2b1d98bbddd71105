using System.CommandLine;
using Harrier.Cli.Accounts;
using Harrier.Cli.Options;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Cli.Verbs;

/// <summary><c>account --venue V --key-file F --endpoint E</c>: what an account holds and what its key may do.</summary>
public static class AccountVerb
{
    private const int Refused = 1;

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string> venue = new("--venue") { Description = "one of " + string.Join(", ", VenueAliases.Known), HelpName = "V", Required = true };
        Option<string> keyFile = new("--key-file") { Description = "JSON of venue, key and secret; mode 0600", HelpName = "F", Required = true };
        Option<string?> endpoint = new("--endpoint") { Description = EndpointChoice.Allowed, HelpName = "E" };
        Option<string?> symbol = new("--symbol") { Description = "whose fees to show, BTCUSDT where nothing is said", HelpName = "S" };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("account", "Show balances, positions, open orders, fees and what the key may do; nothing is changed.") { venue, keyFile, endpoint, symbol, json };
        command.Does(verbose, (parsed, streams, stop) =>
        {
            AccountRequest request = AccountOptions.Read(parsed.GetRequiredValue(venue), parsed.GetRequiredValue(keyFile), parsed.GetValue(endpoint));
            string fees = (parsed.GetValue(symbol) ?? "BTCUSDT").Replace("/", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
            return RunAsync(request, fees, new Streams(streams.Output, streams.Error, parsed.GetValue(json)), stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(AccountRequest request, string feeSymbol, Streams streams, CancellationToken stop)
    {
        using HttpMessageInvoker http = RestTransport.Create();
        using AccountAccess access = Composition.Exchanges.Of(request.Venue).OpenAccount(request, Composition.Exchanges.Surroundings(http, TimeProvider.System, NullLogger.Instance));
        AccountView view;
        try
        {
            view = await new AccountReader(access, request, feeSymbol, stop).ReadAsync();
        }
        catch (VenueRefusalException refusal)
        {
            BadInput.Show(streams.Error, [refusal.Message]);
            return Refused;
        }

        foreach (string warning in view.Warnings)
        {
            await streams.Error.WriteLineAsync($"warning: {warning}");
        }

        if (streams.IsJson)
        {
            await streams.Output.WriteAsync(AccountJson.Of(view));
        }
        else
        {
            AccountText.Write(view, streams.Output);
        }

        return 0;
    }

    private sealed record Streams(TextWriter Output, TextWriter Error, bool IsJson);
}
