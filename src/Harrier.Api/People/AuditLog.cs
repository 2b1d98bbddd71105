using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Harrier.Hosting.Keys;

namespace Harrier.Api.People;

/// <summary>An entry of the audit.</summary>
/// <param name="Number">1, 2, 3, ...</param>
/// <param name="Time">When.</param>
/// <param name="Who">A user or token; the name that was tried where nobody was let in.</param>
/// <param name="Address">From where.</param>
/// <param name="What">Such as <c>login</c>, <c>login failed</c>, <c>POST /api/v1/panic</c>.</param>
/// <param name="Outcome">Such as <c>200</c>.</param>
/// <param name="Hash">SHA-256 over this entry and the hash of the one before: who changes, removes or moves one breaks the chain.</param>
public sealed record AuditEntry(long Number, DateTimeOffset Time, string Who, string Address, string What, string Outcome, string Hash);

/// <summary>Who did what through the service and its commands: a file of lines that is only added to, by several processes in turn.</summary>
public sealed class AuditLog
{
    /// <summary>Name of the file in a home.</summary>
    public const string FileName = "audit.jsonl";

    private const int MostInMemory = 1000;
    private const int LongestName = 80;
    private const int LongestPart = 1 << 16;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Queue<AuditEntry> _newest = new();
    private readonly Lock _gate = new();
    private (long Number, string Hash) _last = (0, "");
    private long _read;

    /// <summary>Goes on in a file.</summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="time">The wall clock.</param>
    /// <exception cref="InvalidDataException">The chain of the file is broken.</exception>
    public AuditLog(string path, TimeProvider time)
    {
        (_path, _time) = (path, time);
        if (File.Exists(path))
        {
            using FileTurn turn = FileTurn.Take(path);
            CatchUpToTheEnd();
        }
    }

    /// <summary>The newest entries, oldest first.</summary>
    /// <param name="count">How many at most; 1000 are at hand.</param>
    public IReadOnlyList<AuditEntry> Newest(int count)
    {
        lock (_gate)
        {
            CatchUp();
            return [.. _newest.TakeLast(count)];
        }
    }

    /// <summary>Adds an entry.</summary>
    public void Add(string who, string address, string what, string outcome)
    {
        ArgumentNullException.ThrowIfNull(who);
        lock (_gate)
        {
            using FileTurn turn = FileTurn.Take(_path);
            CatchUpToTheEnd();
            AuditEntry entry = new(_last.Number + 1, _time.GetUtcNow(), who.Length > LongestName ? who[..LongestName] : who, address, what, outcome, "");
            entry = entry with { Hash = HashOf(entry, _last.Hash) };
            File.AppendAllText(_path, JsonSerializer.Serialize(entry, Json) + "\n");
            Keep(entry);
            _read = new FileInfo(_path).Length;
        }
    }

    // Takes what another process has added. What follows the last end of a line is being written, or is the rest of a write that was cut off.
    private bool CatchUp()
    {
        FileInfo file = new(_path);
        if (!file.Exists || file.Length <= _read)
        {
            return true;
        }

        using FileStream stream = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] part = new byte[LongestPart];
        while (true)
        {
            stream.Seek(_read, SeekOrigin.Begin);
            int filled = stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            int whole = part.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            foreach (string line in Encoding.UTF8.GetString(part, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Take(Read(line));
            }

            _read += whole;
            if (whole == 0)
            {
                return filled == 0;
            }
        }
    }

    private void CatchUpToTheEnd()
    {
        if (!CatchUp())
        {
            throw Broken();
        }
    }

    private void Take(AuditEntry entry)
    {
        if (entry.Number != _last.Number + 1 || entry.Hash != HashOf(entry with { Hash = "" }, _last.Hash))
        {
            throw new InvalidDataException($"{_path}: entry {entry.Number} does not follow from entry {_last.Number}: the file was changed; move it away to begin another");
        }

        Keep(entry);
    }

    private void Keep(AuditEntry entry)
    {
        _last = (entry.Number, entry.Hash);
        _newest.Enqueue(entry);
        if (_newest.Count > MostInMemory)
        {
            _newest.Dequeue();
        }
    }

    private AuditEntry Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(line, Json) ?? throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw Broken();
        }
    }

    private InvalidDataException Broken() => new($"{_path}: the line after entry {_last.Number} is none of this program; move the file away to begin another");

    private static string HashOf(AuditEntry entry, string before) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + JsonSerializer.Serialize(entry, Json))));
}
