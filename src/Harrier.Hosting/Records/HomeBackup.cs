using Harrier.Storage.Records.Databases;

namespace Harrier.Hosting.Records;

/// <summary>What a backup holds.</summary>
/// <param name="Files">Files copied.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="HasRecords">True when the records lie in the home and were copied with it.</param>
public sealed record BackupFacts(int Files, long Bytes, bool HasRecords);

/// <summary>
/// Copies a home, also one on which a process runs. Journals and snapshots are only ever added to: a journal that is copied while it is written ends with a record that is
/// cut off, as after a crash, and the copy is started and proven as a home is after one. The copy is made under another name and gets its own when it is whole.
/// </summary>
public static class HomeBackup
{
    // What belongs to a process, or is made anew.
    private static readonly string[] LeftOut = ["run.lock", "lock", "run.owner", "control", "logs", "replay.tmp", "prepare.tmp", "records.tmp", "records.db", "records.db-wal", "records.db-shm"];

    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a home of a backup, which stays as it is.</summary>
    /// <param name="backup">A copy that <see cref="Run"/> made.</param>
    /// <param name="home">The folder of all state, which is not there, or empty.</param>
    /// <exception cref="IOException">A file cannot be read or written, or something is in the folder; no home is there then.</exception>
    public static BackupFacts Restore(string backup, string home)
    {
        if (Directory.Exists(home))
        {
            Directory.Delete(home);
        }

        BackupFacts facts = Run(backup, home);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(home, OwnersFolder);
        }

        return facts;
    }

    /// <summary>Copies a home.</summary>
    /// <param name="home">The folder of all state.</param>
    /// <param name="target">The copy, which must not be there.</param>
    /// <exception cref="IOException">A file cannot be read or written; the copy is not there then.</exception>
    public static BackupFacts Run(string home, string target)
    {
        string full = Path.GetFullPath(target);
        string unfinished = full + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        // The records first: what journals know more is written to them at the next start, and what records knew more would stay though it never happened.
        Directory.CreateDirectory(unfinished);
        long bytes = 0;
        string records = Path.Combine(home, "records.db");
        bool hasRecords = File.Exists(records);
        if (hasRecords)
        {
            string copy = Path.Combine(unfinished, "records.db");
            SqliteBackup.Copy(records, copy);
            bytes = new FileInfo(copy).Length;
        }

        (int files, long copied) = Copy(new DirectoryInfo(Path.GetFullPath(home)), unfinished, isTop: true);
        Directory.Move(unfinished, full);
        return new BackupFacts(files + (hasRecords ? 1 : 0), bytes + copied, hasRecords);
    }

    // A session of another moment than the journal before it would not prove: folders are taken in the order of their names, and one that is not finished is left out.
    private static (int Files, long Bytes) Copy(DirectoryInfo from, string to, bool isTop)
    {
        int files = 0;
        long bytes = 0;
        foreach (FileSystemInfo entry in from.EnumerateFileSystemInfos().Where(one => !IsLeftOut(one, isTop)).OrderBy(static one => one.Name, StringComparer.Ordinal))
        {
            string target = Path.Combine(to, entry.Name);
            if (entry is DirectoryInfo folder)
            {
                Directory.CreateDirectory(target);
                (int inner, long size) = Copy(folder, target, isTop: false);
                (files, bytes) = (files + inner, bytes + size);
            }
            else if (TryCopy((FileInfo)entry, target) is { } length)
            {
                (files, bytes) = (files + 1, bytes + length);
            }
        }

        return (files, bytes);
    }

    // The folder of an account may have any of these names that have no dot.
    private static bool IsLeftOut(FileSystemInfo entry, bool isTop) =>
        entry.Name.EndsWith(".new", StringComparison.Ordinal) || (LeftOut.Contains(entry.Name) && (isTop || entry is FileInfo || entry.Name.Contains('.', StringComparison.Ordinal)));

    // A file that is moved away meanwhile was a temporary one.
    private static long? TryCopy(FileInfo file, string target)
    {
        try
        {
            using FileStream source = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream copy = new(target, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            source.CopyTo(copy);
            copy.Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, file.UnixFileMode);
            }

            return copy.Length;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
