namespace Harrier.Hosting.Keys;

/// <summary>The turn to change a file that several processes change: others wait until it is disposed of. Whoever only reads needs none.</summary>
public sealed class FileTurn : IDisposable
{
    private const int MostTries = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly FileStream _held;

    private FileTurn(FileStream held) => _held = held;

    /// <summary>Waits for the turn.</summary>
    /// <param name="path">The file; the turn is a file beside it.</param>
    /// <exception cref="IOException">Another process has held it for five seconds.</exception>
    public static FileTurn Take(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (int tries = 1; ; tries++)
        {
            try
            {
                return new FileTurn(new FileStream(path + ".lock", options));
            }
            catch (IOException) when (tries < MostTries)
            {
                Task.Delay(Pause, TimeProvider.System).GetAwaiter().GetResult();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();
}
