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
        Option<bool> keepChanged = new("--keep-changed") { Description = "take the rows of files that were changed after they were written, instead of asking for them again" };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("repair", "Put the store right: damaged files are moved aside, rows ordered, manifests made again, and what is missing is fetched.") { endpoint, noFetch, keepChanged, json };
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
                local.Add(opened.Repair(key, parsed.GetValue(keepChanged)));
            }

            IReadOnlyList<SeriesRepair> repairs = local;
            if (!parsed.GetValue(noFetch))
            {
                using HttpMessageInvoker http = RestTransport.Create();
                MissingFetch fetch = new(opened, place, Composition.Exchanges.Surroundings(http, TimeProvider.System, NullLogger.Instance));
                repairs = fetch.RunAsync(local, stop).GetAwaiter().GetResult();
                BadInput.Show(parsed.InvocationConfiguration.Error, fetch.Faults);
            }

            List<RepairedSeries> looked = [.. repairs.Select(repair => new RepairedSeries(repair, opened.Check(repair.Key)))];
            output.Write(parsed.GetValue(json) ? RepairText.ToJson(opened.Root, looked) : RepairText.ToText(looked));
            return looked.TrueForAll(static series => series.IsWell) ? 0 : StoreActions.Found;
        });
    }
}
