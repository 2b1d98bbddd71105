using Harrier.Storage.Market.Files;

namespace Harrier.Storage.Sessions;

/// <summary>One process at a time runs on a home. The lock ends with its process, however that ends.</summary>
public sealed class HomeLock : IDisposable
{
    private readonly FileStream _file;

    private HomeLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a home, which is made if need be.</summary>
    /// <param name="home">The folder of all state.</param>
    /// <param name="owner">Who has it, when it could not be taken.</param>
    /// <returns>The lock; null when another process has it.</returns>
    public static HomeLock? TryTake(string home, out string owner)
    {
        string folder = Path.GetFullPath(home);
        DurableFile.CreateFolder(folder);
        string name = Path.Combine(folder, "run.owner");
        owner = "";
        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(folder, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException)
        {
            owner = File.Exists(name) ? File.ReadAllText(name) : "another process";
            return null;
        }

        File.WriteAllText(name, FormattableString.Invariant($"process {Environment.ProcessId}"));
        return new HomeLock(file);
    }

    /// <summary>Lets another process run.</summary>
    public void Dispose() => _file.Dispose();
}
