using System.Globalization;
using System.Text;
using Harrier.Domain;
using Harrier.Storage.Market.Files;

namespace Harrier.Storage.Sessions;

/// <summary>
/// The sessions of an account: numbered folders, each with the state it began with and the journal of what came after. The newest folder is
/// where the account goes on; older ones are kept for audit. A folder gets its number when its state is on disk, not before.
/// </summary>
/// <param name="root">The account's folder.</param>
public sealed class SessionFolder(string root)
{
    private const string SnapshotName = "start.snapshot";

    private string Sessions => Path.Combine(root, "sessions");

    /// <summary>The newest session; null before the first.</summary>
    public string? Newest => All() is [.., var newest] ? newest : null;

    /// <summary>All sessions, oldest first.</summary>
    public IReadOnlyList<string> All() => Directory.Exists(Sessions)
        ? [.. Directory.EnumerateDirectories(Sessions).Where(folder => NumberOf(folder) > 0).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The file with the state that a session began with.</summary>
    public static string SnapshotOf(string session) => Path.Combine(session, SnapshotName);

    /// <summary>The session after one; null for the newest.</summary>
    public static string? Next(string session)
    {
        string next = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(session))!, Name(NumberOf(session) + 1));
        return Directory.Exists(next) ? next : null;
    }

    /// <summary>Begins a session: its folder, with plan and state in it, on disk.</summary>
    /// <param name="start">With what it begins.</param>
    /// <returns>The folder; the journal may begin in it.</returns>
    /// <exception cref="IOException">It could not be written; the session before stays the newest.</exception>
    public string Begin(SessionStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        DurableFile.CreateFolder(Path.GetFullPath(Sessions));
        string folder = Path.GetFullPath(Path.Combine(Sessions, Name(Newest is { } newest ? NumberOf(newest) + 1 : 1)));
        string unfinished = folder + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        DurableFile.CreateFolder(unfinished);
        SnapshotFile.Write(SnapshotOf(unfinished), start.Plan.Identity.ConfigHash, start.State.Span);
        SessionPlanFile.Write(unfinished, start.Plan);
        start.WritePast(unfinished);
        DurableFile.PublishFolder(unfinished, folder);
        return folder;
    }

    /// <summary>What the configuration said of the account when it was last read, as text; null before the first time.</summary>
    public string? Configured
    {
        get => File.Exists(ConfiguredPath) ? File.ReadAllText(ConfiguredPath) : null;
        set
        {
            DurableFile.CreateFolder(Path.GetFullPath(root));
            DurableFile.Write(ConfiguredPath, file => file.Write(Encoding.UTF8.GetBytes(value ?? "")));
        }
    }

    private string ConfiguredPath => Path.Combine(Path.GetFullPath(root), "configured.json");

    /// <summary>When the account was made; remembered at the first call, with the time given.</summary>
    /// <exception cref="IOException">It could not be read or written.</exception>
    public Timestamp OpenedAt(Timestamp now)
    {
        string path = Path.Combine(Path.GetFullPath(root), "opened_at");
        if (!File.Exists(path))
        {
            DurableFile.CreateFolder(Path.GetFullPath(root));
            DurableFile.Write(path, file => file.Write(Encoding.ASCII.GetBytes(now.Nanos.ToString(CultureInfo.InvariantCulture))));
        }

        return long.TryParse(File.ReadAllText(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long nanos)
            ? new Timestamp(nanos)
            : throw new IOException($"{path}: a time in nanoseconds; delete the file, the account then counts as a new one in the records");
    }

    /// <summary>An empty folder for a journal that nobody keeps; what an earlier process left in it is removed.</summary>
    /// <param name="name">Its name within the account's folder.</param>
    public string Scratch(string name = "replay.tmp")
    {
        string scratch = Path.Combine(root, name);
        if (Directory.Exists(scratch))
        {
            Directory.Delete(scratch, recursive: true);
        }

        return scratch;
    }

    /// <summary>The number of a session, from 1; 0 for a folder that is none.</summary>
    /// <param name="folder">Its folder.</param>
    public static int NumberOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static string Name(int number) => number.ToString("D8", CultureInfo.InvariantCulture);
}
