using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Files;

/// <summary>Turns what the operating system and the database engine say into faults of the store.</summary>
internal static class StoreFaults
{
    /// <summary>Runs something that writes.</summary>
    /// <exception cref="StoreException">The disk is full, the folder cannot be written, or the engine failed.</exception>
    public static T Writing<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DuckDbException)
        {
            throw OfWriting(path, fault);
        }
    }

    /// <summary>What a failed write means.</summary>
    public static StoreException OfWriting(string path, Exception fault)
    {
        string text = fault is DuckDbException engine ? engine.Line : fault.Message.ReplaceLineEndings(" ");
        return text.Contains("No space left", StringComparison.OrdinalIgnoreCase)
            ? new StoreException(path, "the disk is full", "free some space and try again; what was stored is unchanged")
            : new StoreException(path, $"cannot be written: {text}", "choose a folder that can be written; what was stored is unchanged");
    }

    /// <summary>What it means that a file could not be read as Parquet.</summary>
    public static StoreException Damaged(string path, string reason) =>
        new(path, $"is no Parquet file that can be read: {reason}", "data check lists such files, data repair moves them aside and fetches what is missing");

    /// <summary>What it means that a file has another checksum than its manifest.</summary>
    public static StoreException Changed(string path) =>
        new(path, "is not the file that was written: its checksum is not its manifest's", "data repair moves it aside and fetches its rows anew, or takes them as they are with --keep-changed");

    /// <summary>What it means that a file has other columns.</summary>
    public static StoreException OtherSchema(string path, string reason) =>
        new(path, $"has other columns than the store's: {reason}", "move it out of the store, or let data repair move it aside") { IsOtherSchema = true };
}
