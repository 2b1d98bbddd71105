using System.Globalization;

namespace Harrier.Cli.Doctor;

/// <summary>Looks at the folder of all state: that it can be written, has room, and is nobody else's.</summary>
internal static class HomeChecks
{
    private const long Gigabyte = 1L << 30;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode Writers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    // What holds secrets or hashes of them. Everything else may be read by whom the owner lets in.
    private static readonly string[] Secrets = ["tokens.json", "users.json", "links.json", "keys.json", "*.key"];

    /// <summary>All findings of a home.</summary>
    /// <param name="home">The folder.</param>
    public static IEnumerable<Finding> Of(string home)
    {
        string nearest = Path.GetFullPath(home);
        while (!Directory.Exists(nearest))
        {
            nearest = Path.GetDirectoryName(nearest)!;
        }

        yield return Writable(home, nearest);
        yield return Room(nearest, new DriveInfo(nearest).AvailableFreeSpace);
        if (!Directory.Exists(home))
        {
            yield break;
        }

        if (!OperatingSystem.IsWindows())
        {
            yield return Closed(home);
            foreach (string file in Secrets.SelectMany(pattern => Directory.EnumerateFiles(home, pattern)).Order(StringComparer.Ordinal))
            {
                yield return Private(file);
            }
        }
    }

    /// <summary>Whether the room on a disk is enough.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="free">Bytes that are free.</param>
    internal static Finding Room(string folder, long free)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{free / (double)Gigabyte:0.0} GiB free at {folder}");
        return free switch
        {
            < Gigabyte / 4 => new Finding("disk", Health.Fault, text, "make room: a journal that cannot be written ends its account; harrier data list shows what stored data take"),
            < 2 * Gigabyte => new Finding("disk", Health.Warning, text, "make room, or move --home to a larger disk"),
            _ => new Finding("disk", Health.Ok, text),
        };
    }

    private static Finding Writable(string home, string nearest)
    {
        string probe = Path.Combine(nearest, FormattableString.Invariant($".harrier-doctor-{Environment.ProcessId}"));
        try
        {
            using FileStream file = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            file.Flush(flushToDisk: true);
            return new Finding("home", Health.Ok, Directory.Exists(home) ? $"{home} can be written" : $"{home} is not there yet, and can be made");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Finding("home", Health.Fault, $"{nearest} cannot be written: {fault.Message}", $"give it to the user {Environment.UserName}, or choose another --home");
        }
    }

    private static Finding Closed(string home)
    {
        if (OperatingSystem.IsWindows())
        {
            return new Finding("permissions", Health.Ok, home);
        }

        UnixFileMode mode = File.GetUnixFileMode(home);
        return (mode & Writers) != 0
            ? new Finding("permissions", Health.Fault, $"{home} has mode {Octal(mode)}: others may write it", $"chmod 700 {home}")
            : (mode & Others) != 0
                ? new Finding("permissions", Health.Warning, $"{home} has mode {Octal(mode)}: others may look into it", $"chmod 700 {home}")
                : new Finding("permissions", Health.Ok, $"{home} has mode {Octal(mode)}");
    }

    /// <summary>Whether a file is its owner's alone.</summary>
    internal static Finding Private(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return new Finding("secrets", Health.Ok, file);
        }

        try
        {
            UnixFileMode mode = File.GetUnixFileMode(file);
            return (mode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0
                ? new Finding("secrets", Health.Fault, $"{file} has mode {Octal(mode)}", $"chmod 600 {file}, and make what it holds anew if others could read it")
                : new Finding("secrets", Health.Ok, $"{file} has mode {Octal(mode)}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Finding("secrets", Health.Fault, $"{file} cannot be read", $"put it there, owned by the user {Environment.UserName} and with mode 0600");
        }
    }

    private static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8);
}
