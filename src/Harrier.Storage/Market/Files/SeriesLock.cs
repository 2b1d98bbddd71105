using System.Diagnostics;

namespace Harrier.Storage.Market.Files;

/// <summary>Only one process, and one thread of it, writes a series at a time. The lock ends with its process, however that ends; readers need none.</summary>
internal sealed class SeriesLock : IDisposable
{
    private readonly FileStream _file;

    private SeriesLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a series' folder, which is made if need be.</summary>
    /// <exception cref="StoreException">Somebody else writes.</exception>
    public static SeriesLock Take(string folder)
    {
        DurableFile.CreateFolder(folder);
        string path = Path.Combine(folder, ".lock");
        string owner = Path.Combine(folder, ".lock-owner");
        try
        {
            SeriesLock taken = new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
            File.WriteAllText(owner, FormattableString.Invariant($"process {Environment.ProcessId} ({Process.GetCurrentProcess().ProcessName})"));
            return taken;
        }
        catch (IOException) when (File.Exists(path) && IsHeld(path))
        {
            string who = File.Exists(owner) ? File.ReadAllText(owner) : "another process";
            throw new StoreException(folder, $"{who} is writing it", "wait until it has ended, or stop it");
        }
    }

    /// <summary>Lets others write.</summary>
    public void Dispose() => _file.Dispose();

    private static bool IsHeld(string path)
    {
        try
        {
            using FileStream probe = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
