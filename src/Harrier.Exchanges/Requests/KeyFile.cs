using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Harrier.Exchanges.Requests;

/// <summary>Credentials as people keep them: a JSON object of <c>venue</c>, <c>key</c> and <c>secret</c> that only its owner may read.</summary>
/// <param name="Venue">The venue as the file names it.</param>
/// <param name="Credentials">The credentials.</param>
public sealed record KeyFile(string Venue, ApiCredentials Credentials)
{
    private const int LongestFile = 64 * 1024;
    private const int LongestText = 8 * 1024;
    private const UnixFileMode Foreign = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    private static readonly string[] Fields = ["venue", "key", "secret"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads a key file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="file">What it holds; null when something is wrong.</param>
    /// <param name="fault">What is wrong; null when nothing is.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out KeyFile? file, [NotNullWhen(false)] out KeyFileFault? fault)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        file = null;
        byte[]? bytes = ReadPrivate(path, out fault);
        if (bytes is null)
        {
            fault ??= new KeyFileFault("file", path, "must be readable");
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, Strict);
            file = Of(document.RootElement, out fault);
        }
        catch (JsonException e)
        {
            // The reader's own message quotes what it read.
            fault = new KeyFileFault("file", $"line {(e.LineNumber ?? 0) + 1} is not valid JSON", """must be {"venue": "...", "key": "...", "secret": "..."}""");
        }
        finally
        {
            Array.Clear(bytes);
        }

        fault ??= file is null ? new KeyFileFault("file", path, "must be readable") : null;
        return file is not null;
    }

    private static byte[]? ReadPrivate(string path, out KeyFileFault? fault)
    {
        fault = null;
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(stream.SafeFileHandle) is UnixFileMode mode && (mode & Foreign) != 0)
            {
                fault = new KeyFileFault("file", $"{path} has mode 0{Convert.ToString((int)mode, 8)}", "must have mode 0600, readable by its owner alone (chmod 600)");
                return null;
            }

            if (stream.Length > LongestFile)
            {
                fault = new KeyFileFault("file", $"{path} has {stream.Length} bytes", $"at most {LongestFile}");
                return null;
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            fault = new KeyFileFault("file", path, "must exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = new KeyFileFault("file", path, "must be a readable file");
        }

        return null;
    }

    private static KeyFile? Of(JsonElement root, out KeyFileFault? fault)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            fault = new KeyFileFault("file", $"a JSON {root.ValueKind.ToString().ToLowerInvariant()}", "must be an object of venue, key and secret");
            return null;
        }

        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!Fields.Contains(property.Name, StringComparer.Ordinal))
            {
                // An unknown name is shown only where it looks like one: a mixed-up file may have the secret there.
                fault = new KeyFileFault("file", property.Name.Length <= 20 ? $"unknown field '{property.Name}'" : "an unknown field", "only venue, key and secret");
                return null;
            }
        }

        string? venue = TextOf(root, "venue", out fault);
        string? key = fault is null ? TextOf(root, "key", out fault) : null;
        string? secret = fault is null ? TextOf(root, "secret", out fault) : null;
        if (venue is null || key is null || secret is null)
        {
            return null;
        }

        if (key.Any(c => !char.IsAscii(c) || char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            fault = new KeyFileFault("key", "holds blanks, controls or characters beyond ASCII", "visible ASCII characters only");
            return null;
        }

        return new KeyFile(venue, new ApiCredentials(key, new Secret(secret)));
    }

    private static string? TextOf(JsonElement root, string field, out KeyFileFault? fault)
    {
        fault = null;
        if (!root.TryGetProperty(field, out JsonElement element))
        {
            fault = new KeyFileFault(field, "missing", "must be a text");
            return null;
        }

        string? text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        if (string.IsNullOrWhiteSpace(text) || Encoding.UTF8.GetByteCount(text) > LongestText)
        {
            string found = element.ValueKind == JsonValueKind.String ? "empty or too long" : $"a JSON {element.ValueKind.ToString().ToLowerInvariant()}";
            fault = new KeyFileFault(field, found, $"must be a text of 1 to {LongestText} bytes");
            return null;
        }

        return text;
    }
}
