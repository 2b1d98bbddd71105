using System.Text.Json;

namespace Harrier.Hosting.Keys;

/// <summary>Files that nobody but their owner may read.</summary>
public static class OwnerFile
{
    /// <summary>Writes a value as JSON in place of what was there: whole, or not at all.</summary>
    /// <param name="path">The file; its folder is made where there is none.</param>
    /// <param name="value">The value.</param>
    /// <param name="json">How it is written.</param>
    /// <exception cref="IOException">It could not be written; what was there stays.</exception>
    public static void Write<T>(string path, T value, JsonSerializerOptions json) => Write(path, JsonSerializer.SerializeToUtf8Bytes(value, json));

    /// <summary>Writes bytes in place of what was there: whole, or not at all.</summary>
    /// <param name="path">The file; its folder is made where there is none.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="IOException">It could not be written; what was there stays.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".new";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.Delete(temporary);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream file = new(temporary, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
