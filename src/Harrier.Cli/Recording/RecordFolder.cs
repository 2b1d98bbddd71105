using System.Text.RegularExpressions;
using Harrier.Cli.Options;
using Harrier.Storage.Recording;

namespace Harrier.Cli.Recording;

/// <summary>The folder of a recording.</summary>
internal static partial class RecordFolder
{
    /// <summary>A folder that is new, empty, or holds recordings alone.</summary>
    /// <exception cref="InputException">It is no folder, or holds other things.</exception>
    public static string Check(string option, string path)
    {
        OutputFolder.Check(option, path);
        string? foreign = Directory.Exists(path)
            ? Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal).FirstOrDefault(name => !IsRecording(name))
            : null;
        return foreign is null
            ? path
            : throw new InputException(option.TrimStart('-'), path, $"a folder that is not there yet, empty, or holds recordings alone; this one holds {foreign}");
    }

    /// <summary>Makes the folder and tries to write there, before anything is asked of a venue.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static void Prepare(string option, string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            string probe = Path.Combine(path, ".probe" + Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(option.TrimStart('-'), path, "a folder that can be written: " + fault.Message);
        }
    }

    private static bool IsRecording(string name) => RecordingFile.IsSegment(name) || CaptureName().IsMatch(name);

    [GeneratedRegex(@"_\d{8}T\d{6}\.\d{3}Z\.gz$")]
    private static partial Regex CaptureName();
}
