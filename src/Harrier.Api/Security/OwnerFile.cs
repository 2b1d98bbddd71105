using System.Text.Json;

namespace Harrier.Api.Security;

/// <summary>Files that nobody but their owner may read.</summary>
internal static class OwnerFile
{
    /// <summary>Writes a value as JSON in place of what was there: whole, or not at all.</summary>
    /// <param name="path">The file; its folder is made where there is none.</param>
    /// <param name="value">The value.</param>
    /// <param name="json">How it is written.</param>
    /// <exception cref="IOException">It could not be written; what was there stays.</exception>
    public static void Write<T>(string path, T value, JsonSerializerOptions json)
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
            JsonSerializer.Serialize(file, value, json);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
