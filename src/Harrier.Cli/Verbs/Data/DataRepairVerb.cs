using System.CommandLine;
using Harrier.Cli.MarketData;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Checks;

namespace Harrier.Cli.Verbs.Data;

/// <summary><c>data repair</c>: puts the store right, and fetches only what is missing.</summary>
internal static class DataRepairVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StoreOption store = new();
        SeriesFilter filter = new();
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("repair", "Put the store right: damaged files are moved aside, rows ordered, manifests made again.") { json };
        filter.AddTo(command);
        store.AddTo(command);
        return command.Does((parsed, output, stop) =>
        {
            using MarketStore opened = store.Open(parsed);
            List<SeriesRepair> repairs = [];
            foreach (SeriesKey key in filter.Choose(parsed, opened))
            {
                stop.ThrowIfCancellationRequested();
                repairs.Add(opened.Repair(key));
            }

            output.Write(parsed.GetValue(json) ? RepairText.ToJson(opened.Root, repairs) : RepairText.ToText(repairs));
            return repairs.TrueForAll(repair => repair.Missing.Count == 0) ? 0 : StoreActions.Found;
        });
    }
}
