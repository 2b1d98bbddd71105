using System.CommandLine;
using Harrier.Cli.MarketData;
using Harrier.Cli.Options;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Venues;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Checks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Cli.Verbs.Data;

/// <summary><c>data repair</c>: puts the store right, and fetches only what is missing.</summary>
internal static class DataRepairVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StoreOption store = new();
        SeriesFilter filter = new();
        Option<string?> endpoint = new("--endpoint") { Description = EndpointChoice.AllowedPublic, HelpName = "E" };
        Option<bool> noFetch = new("--no-fetch") { Description = "ask no venue; only put right what needs none" };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("repair", "Put the store right: damaged files are moved aside, rows ordered, manifests made again, and what is missing is fetched.") { endpoint, noFetch, json };
        filter.AddTo(command);
        store.AddTo(command);
        return command.Does((parsed, output, stop) =>
        {
            VenuePlace place = EndpointChoice.ReadPublic(parsed.GetValue(endpoint));
            using MarketStore opened = store.Open(parsed);
            List<SeriesRepair> local = [];
            foreach (SeriesKey key in filter.Choose(parsed, opened))
            {
                stop.ThrowIfCancellationRequested();
                local.Add(opened.Repair(key));
            }

            IReadOnlyList<SeriesRepair> repairs = local;
            if (!parsed.GetValue(noFetch))
            {
                using HttpMessageInvoker http = RestTransport.Create();
                MissingFetch fetch = new(opened, place, Composition.Exchanges.Surroundings(http, TimeProvider.System, NullLogger.Instance));
                repairs = fetch.RunAsync(local, stop).GetAwaiter().GetResult();
                BadInput.Show(parsed.InvocationConfiguration.Error, fetch.Faults);
            }

            output.Write(parsed.GetValue(json) ? RepairText.ToJson(opened.Root, repairs) : RepairText.ToText(repairs));
            return repairs.All(repair => repair.Missing.Count == 0) ? 0 : StoreActions.Found;
        });
    }
}
