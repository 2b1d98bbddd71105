using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Harrier.Cli.Options;
using Harrier.Cli.Soaking;

namespace Harrier.Cli.Verbs;

/// <summary><c>soak --kills N</c>: kills running bots again and again, and shows that nothing is lost, doubled or forgotten.</summary>
public static class SoakVerb
{
    private const int MostKills = 100_000;
    private const int Different = 1;

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string?> kills = new("--kills") { Description = "how often the run is killed [20]", HelpName = "N" };
        Option<string?> seed = new("--seed") { Description = "of the market and of the moments of the kills [1]", HelpName = "N" };
        Option<string?> venue = new("--venue") { Description = "whose protocol is spoken [" + VenueAliases.Known[0] + "]", HelpName = "V" };
        Option<string?> store = new("--store") { Description = "sqlite, or a connection string of PostgreSQL with an empty database [sqlite]", HelpName = "S" };
        Option<string?> home = new("--home") { Description = "folder for everything, not there yet; kept [a temporary one, kept when something differs]", HelpName = "DIR" };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("soak", "Run bots on an exchange of this program, kill them at random moments, and compare with the exchange after each start. Exit code 1 when something differs.")
        {
            kills, seed, venue, store, home, json,
        };
        command.Does(verbose, async (parsed, streams, stop) =>
        {
            FaultList faults = new();
            int number = faults.Try(() => parsed.GetValue(kills) is { } text ? (int)OptionText.Decimal("--kills", text, 1, MostKills) : 20);
            long chosen = faults.Try(() => parsed.GetValue(seed) is { } text ? OptionText.Integer("--seed", text) : 1);
            string? name = faults.Try(() => VenueOf(parsed.GetValue(venue) ?? VenueAliases.Known[0]));
            string? folder = faults.Try(() => HomeOf(parsed.GetValue(home)));
            faults.ThrowIfAny();
            SoakRequest request = new(folder is null ? Directory.CreateTempSubdirectory("harrier-soak-").FullName : Directory.CreateDirectory(folder).FullName, number, chosen, name!)
            {
                Records = parsed.GetValue(store) is { } database and not "sqlite" ? database : null,
                IsTemporary = folder is null,
            };
            bool isJson = parsed.GetValue(json);
            SoakReport report = await new SoakRun(request, line => Say(streams, isJson, line), TimeProvider.System).RunAsync(stop).ConfigureAwait(false);
            await streams.Output.WriteLineAsync(isJson ? Json(request, report) : Text(request, report)).ConfigureAwait(false);
            if (request.IsTemporary && report.Differences.Count == 0)
            {
                Directory.Delete(request.Home, recursive: true);
            }

            return report.Differences.Count == 0 ? 0 : Different;
        });
        return command;
    }

    private static void Say(InvocationConfiguration streams, bool isJson, string line) => (isJson ? streams.Error : streams.Output).WriteLine(line);

    private static string VenueOf(string text)
    {
        string name = VenueAliases.Find("venue", text).Name;
        return Composition.Exchanges.Of(name).Recorded(name) is not null ? name : throw new InputException("venue", text, "a venue with orders");
    }

    private static string? HomeOf(string? text) => text is not null && Path.Exists(text) ? throw new InputException("home", text, "a folder that is not there yet") : text is null ? null : Path.GetFullPath(text);

    private static string Json(SoakRequest request, SoakReport report) => new JsonObject
    {
        ["venue"] = request.Venue,
        ["store"] = request.Records is null ? "sqlite" : "postgresql",
        ["seed"] = request.Seed,
        ["kills"] = report.Kills,
        ["kills_while_starting"] = report.EarlyKills,
        ["orders"] = report.Orders,
        ["fills"] = report.Fills,
        ["trades"] = report.Trades,
        ["seconds"] = Math.Round(report.Took.TotalSeconds, 1),
        ["differences"] = new JsonArray([.. report.Differences.Select(static one => (JsonNode)one)]),
        ["home"] = request.IsTemporary && report.Differences.Count == 0 ? null : request.Home,
    }.ToJsonString();

    private static string Text(SoakRequest request, SoakReport report)
    {
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Kills} kills ({report.EarlyKills} while starting) with seed {request.Seed} on {request.Venue} in {report.Took.TotalSeconds:0} s: {report.Orders} orders, {report.Fills} fills, {report.Trades} trades");
        return report.Differences.Count == 0
            ? $"{head}; nothing differs"
            : $"{head}; {report.Differences.Count} differences, kept in {request.Home}:\n{string.Join('\n', report.Differences)}";
    }
}
