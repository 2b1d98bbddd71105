using System.Diagnostics.CodeAnalysis;
using System.Text;
using Harrier.Exchanges;

namespace Harrier.Hosting.Notifications.Settings;

/// <summary>A secret, and where it came from: a configuration names its place, and never holds it.</summary>
/// <param name="Source"><c>env:NAME</c> or <c>file:PATH</c>.</param>
/// <param name="Value">The secret.</param>
public sealed record NamedSecret(string Source, Secret Value)
{
    /// <summary>What a configuration may say.</summary>
    public const string Allowed = "env:NAME of an environment variable, or file:PATH of a file with mode 0600; the secret itself does not stand in a configuration";

    private const int LongestFile = 8 * 1024;
    private const UnixFileMode Foreign = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <summary>Finds a secret.</summary>
    /// <param name="source">What the configuration says.</param>
    /// <param name="secret">The secret; null when something is wrong.</param>
    /// <param name="shown">What of <paramref name="source"/> may be repeated: a secret that stands there by mistake may not.</param>
    /// <param name="fault">What is allowed; null when nothing is wrong.</param>
    public static bool TryFind(string source, [NotNullWhen(true)] out NamedSecret? secret, out string shown, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(source);
        (secret, shown) = (null, source);
        if (source.StartsWith("env:", StringComparison.Ordinal))
        {
            string? value = Environment.GetEnvironmentVariable(source["env:".Length..])?.Trim();
            fault = string.IsNullOrEmpty(value) ? "the name of an environment variable that is set" : null;
            secret = fault is null ? new NamedSecret(source, new Secret(value!)) : null;
            return fault is null;
        }

        if (source.StartsWith("file:", StringComparison.Ordinal))
        {
            string? value = ReadPrivate(source["file:".Length..], out fault);
            secret = value is null ? null : new NamedSecret(source, new Secret(value));
            fault ??= value is null ? "a file that holds a secret" : null;
            return secret is not null;
        }

        (shown, fault) = ("***", Allowed);
        return false;
    }

    private static string? ReadPrivate(string path, out string? fault)
    {
        fault = null;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file.SafeFileHandle) is UnixFileMode mode && (mode & Foreign) != 0)
            {
                fault = $"a file with mode 0600, readable by its owner alone; this one has 0{Convert.ToString((int)mode, 8)} (chmod 600)";
                return null;
            }

            byte[] bytes = new byte[LongestFile];
            int length = file.ReadAtLeast(bytes, LongestFile, throwOnEndOfStream: false);
            string text = Encoding.UTF8.GetString(bytes, 0, length).Trim();
            return length == LongestFile || text.Length == 0 ? null : text;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException)
        {
            fault = "a file that can be read";
            return null;
        }
    }
}
