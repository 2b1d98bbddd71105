using System.Security.Cryptography;
using System.Text;

namespace Harrier.Hosting.Control;

/// <summary>
/// Where the control socket of a home is: in the home, in a folder that only its owner may enter. The path of a socket has at most 107 bytes; a home
/// that lies deeper has its socket in the folder for temporary files, under a name made of the home's.
/// </summary>
public static class ControlPath
{
    private const int LongestPath = 107;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The socket of a home.</summary>
    /// <param name="home">The folder of all state.</param>
    public static string Of(string home)
    {
        string full = Path.GetFullPath(home);
        string near = Path.Combine(full, "control", "run.sock");
        if (Encoding.UTF8.GetByteCount(near) <= LongestPath)
        {
            return near;
        }

        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)).AsSpan(0, 8));
        return Path.Combine(Path.GetTempPath(), $"harrier-{name}", "run.sock");
    }

    /// <summary>Makes the folder of a socket, closed to others.</summary>
    /// <exception cref="IOException">It is there and open to others, or cannot be made.</exception>
    public static void Prepare(string socket)
    {
        string folder = Path.GetDirectoryName(socket)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        if (File.GetUnixFileMode(folder) != OwnerOnly)
        {
            throw new IOException($"{folder}: others may enter this folder; remove it, or take their rights away");
        }
    }
}
