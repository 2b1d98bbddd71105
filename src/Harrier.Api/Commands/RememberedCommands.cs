using System.Text.Json;
using Harrier.Hosting.Keys;

namespace Harrier.Api.Commands;

/// <summary>A command that came with an idempotency key.</summary>
/// <param name="Key">Who sent it, and the key.</param>
/// <param name="Body">Digest of method, path and body.</param>
/// <param name="Time">When.</param>
/// <param name="Status">Status of the answer; 0 while there is none.</param>
/// <param name="Type">Its content type.</param>
/// <param name="Answer">Its body; null where it is not kept.</param>
internal sealed record RememberedCommand(string Key, string Body, DateTimeOffset Time, int Status, string? Type, string? Answer);

/// <summary>
/// Commands with idempotency keys and their answers, for a day, in a file of the home that is only added to. That one begins is on disk before it is carried out: one that a crash cut off is known to have begun, and
/// is not carried out a second time.
/// </summary>
/// <param name="path">The file; it need not exist.</param>
/// <param name="time">The wall clock.</param>
internal sealed class RememberedCommands(string path, TimeProvider time)
{
    private const int MostKept = 10_000;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private Dictionary<string, RememberedCommand>? _known;

    /// <summary>Begins a command, unless there was one with its key.</summary>
    /// <returns>The one that was; null where this one begins now.</returns>
    public RememberedCommand? Begin(string key, string body)
    {
        lock (_gate)
        {
            Dictionary<string, RememberedCommand> known = Known();
            if (known.TryGetValue(key, out RememberedCommand? before) && time.GetUtcNow() - before.Time < Kept)
            {
                return before;
            }

            Keep(new RememberedCommand(key, body, time.GetUtcNow(), 0, null, null));
            _running.Add(key);
            return null;
        }
    }

    /// <summary>Whether a command that has no answer yet is being carried out; where it is not, a crash cut it off.</summary>
    public bool IsRunning(string key)
    {
        lock (_gate)
        {
            return _running.Contains(key);
        }
    }

    /// <summary>Ends a command with its answer.</summary>
    public void End(RememberedCommand answered)
    {
        lock (_gate)
        {
            _running.Remove(answered.Key);
            Keep(answered with { Time = Known()[answered.Key].Time });
        }
    }

    private Dictionary<string, RememberedCommand> Known() => _known ??= Load();

    private void Keep(RememberedCommand command)
    {
        _known![command.Key] = command;
        if (_known.Count > MostKept)
        {
            _known = Newest(_known.Values);
            Rewrite();
            return;
        }

        File.AppendAllText(path, JsonSerializer.Serialize(command, Json) + "\n");
    }

    // What a crash cut off at the end of the file was never acted upon.
    private Dictionary<string, RememberedCommand> Load()
    {
        Dictionary<string, RememberedCommand> found = new(StringComparer.Ordinal);
        foreach (string line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            try
            {
                if (JsonSerializer.Deserialize<RememberedCommand>(line, Json) is { Key: not null } command)
                {
                    found[command.Key] = command;
                }
            }
            catch (JsonException)
            {
                continue;
            }
        }

        _known = Newest(found.Values);
        Rewrite();
        return _known;
    }

    private Dictionary<string, RememberedCommand> Newest(IEnumerable<RememberedCommand> all) => all
        .Where(one => time.GetUtcNow() - one.Time < Kept).OrderByDescending(static one => one.Time).Take(MostKept / 2).ToDictionary(static one => one.Key, StringComparer.Ordinal);

    private void Rewrite() => OwnerFile.Write(path, System.Text.Encoding.UTF8.GetBytes(string.Concat(_known!.Values.Select(static one => JsonSerializer.Serialize(one, Json) + "\n"))));
}
