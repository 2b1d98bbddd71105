using System.CommandLine;
using System.Text;
using System.Text.Json;
using Harrier.Cli.Control;
using Harrier.Cli.Running;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;

namespace Harrier.Cli.Verbs;

/// <summary><c>status</c>: accounts and bots of a run, or of a home on which none runs.</summary>
public static class StatusVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose) => Create("status", "Show accounts, bots and limits of a run, or of a home on which none runs.", verbose);

    internal static Command Create(string name, string description, Option<bool> verbose)
    {
        Command command = new(name, description);
        ControlOptions options = new ControlOptions().ForQuestion(command);
        command.Does(verbose, async (parsed, streams, stop) =>
        {
            string home = options.HomeOf(parsed);
            (int? process, IReadOnlyList<AccountStatus> accounts) = await LookAsync(home, stop).ConfigureAwait(false);
            if (options.IsJson(parsed))
            {
                await streams.Output.WriteLineAsync(Json(process, accounts)).ConfigureAwait(false);
                return 0;
            }

            await streams.Output.WriteLineAsync(process is { } id ? $"process {id} runs on {home}" : $"nothing runs on {home}; as it was left:").ConfigureAwait(false);
            using RunLines lines = new(streams.Output, streams.Error);
            lines.End(accounts);
            return 0;
        });
        return command;
    }

    private static async Task<(int? Process, IReadOnlyList<AccountStatus> Accounts)> LookAsync(string home, CancellationToken stop)
    {
        using ControlClient? client = await ControlClient.ConnectAsync(home, stop).ConfigureAwait(false);
        if (client is not null && await client.AskAsync(ControlRequest.Look(), stop).ConfigureAwait(false) is { } line)
        {
            using JsonDocument answer = JsonDocument.Parse(line);
            return (answer.RootElement.GetProperty("process").GetInt32(), StatusReader.Read(answer.RootElement));
        }

        return (null, new HomeReader(home, RunRequestOptions.Reader()).Status());
    }

    private static string Json(int? process, IReadOnlyList<AccountStatus> accounts)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteBoolean("running", process is not null);
            if (process is { } id)
            {
                json.WriteNumber("process", id);
            }

            StatusJson.Write(json, accounts);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
