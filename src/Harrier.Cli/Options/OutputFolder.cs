namespace Harrier.Cli.Options;

/// <summary>Folders to write to, checked before anything is computed.</summary>
internal static class OutputFolder
{
    /// <summary>A folder that exists, or that can be made as nothing on its path is a file.</summary>
    /// <exception cref="InputException">The path names or crosses a file, or is no path at all.</exception>
    public static string Check(string option, string path)
    {
        string field = option.TrimStart('-');
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new InputException(field, path, "the path of a folder");
        }

        for (string? part = Path.GetFullPath(path); part is not null; part = Path.GetDirectoryName(part))
        {
            if (File.Exists(part))
            {
                throw new InputException(field, path, $"a folder; {part} is a file");
            }
        }

        return path;
    }

    /// <summary>As <see cref="Check"/>, and the folder holds nothing yet.</summary>
    /// <exception cref="InputException">The path is no folder that could be used.</exception>
    public static string CheckEmpty(string option, string path)
    {
        Check(option, path);
        return !Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any()
            ? path
            : throw new InputException(option.TrimStart('-'), path, "a folder that is empty or not there yet");
    }

    /// <summary>Writes into a folder.</summary>
    /// <exception cref="InputException">The user may not write there.</exception>
    public static T Write<T>(string option, string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or DirectoryNotFoundException or PathTooLongException)
        {
            throw new InputException(option.TrimStart('-'), path, "a folder that can be written: " + fault.Message);
        }
    }
}
