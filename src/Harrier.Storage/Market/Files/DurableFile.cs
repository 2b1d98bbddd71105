using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Harrier.Storage.Market.Files;

/// <summary>Files that are there whole or not at all, also after a crash: written under another name, flushed to disk, renamed, and the folder flushed.</summary>
internal static partial class DurableFile
{
    private const string TemporaryEnding = ".tmp";
    private const int ReadDirectory = 0x10000;

    /// <summary>Where a file is written before it gets its name. Hidden, and without the ending that readers look for.</summary>
    public static string TemporaryOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path) + TemporaryEnding);

    /// <summary>Writes a file and replaces the one that was there.</summary>
    /// <exception cref="IOException">It could not be written; the one that was there stays.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = TemporaryOf(path);
        try
        {
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            Publish(temporary, path);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Gives a finished temporary file its name.</summary>
    public static void Publish(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Gives a finished folder its name.</summary>
    public static void PublishFolder(string unfinished, string path)
    {
        Directory.Move(unfinished, path);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Brings the content of a file to disk.</summary>
    public static void Flush(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>SHA-256 of a file in lower case hexadecimal digits.</summary>
    public static string HashOf(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Makes a folder, and brings the names of those that were made to disk.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        string parent = Path.GetDirectoryName(path)!;
        CreateFolder(parent);
        Directory.CreateDirectory(path);
        FlushFolder(parent);
    }

    /// <summary>Removes a temporary file if it is there and can be removed; what cannot is removed by the next writer.</summary>
    public static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Removes the temporary files that a writer left behind that was killed.</summary>
    public static void RemoveLeftovers(string folder)
    {
        if (Directory.Exists(folder))
        {
            foreach (string file in Directory.GetFiles(folder, ".*" + TemporaryEnding, SearchOption.AllDirectories))
            {
                File.Delete(file);
            }
        }
    }

    // .NET opens no folders. Where the file system cannot flush one, the rename is as durable as it gets.
    private static void FlushFolder(string path)
    {
        int folder = Open(path, ReadDirectory);
        if (folder >= 0)
        {
            _ = Flush(folder);
            _ = Close(folder);
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int file);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
