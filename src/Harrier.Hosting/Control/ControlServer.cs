using System.Net.Sockets;
using System.Text;
using Harrier.Hosting.Accounts;

namespace Harrier.Hosting.Control;

/// <summary>
/// Serves a <see cref="RunDesk"/> on a Unix domain socket: a request a line, an answer a line. Only the owner of the home can reach it. Whoever has the
/// lock of the home may bind it anew: a socket that is there was left by a process that is no more.
/// </summary>
public sealed class ControlServer : IAsyncDisposable
{
    private const int MostConnections = 32;
    private const int LongestLine = 1 << 16;

    private readonly RunDesk _desk;
    private readonly string _path;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _ends = new();
    private readonly SemaphoreSlim _free = new(MostConnections, MostConnections);
    private readonly Task _serving;

    /// <summary>Begins to serve.</summary>
    /// <param name="home">The folder of all state, whose lock the caller has.</param>
    /// <param name="desk">What is served.</param>
    /// <exception cref="IOException">The socket's folder is open to others.</exception>
    /// <exception cref="SocketException">The socket cannot be bound.</exception>
    public ControlServer(string home, RunDesk desk)
    {
        _desk = desk;
        _path = ControlPath.Of(home);
        ControlPath.Prepare(_path);
        File.Delete(_path);
        _listener.Bind(new UnixDomainSocketEndPoint(_path));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _listener.Listen(MostConnections);
        _serving = Task.Run(AcceptAsync);
    }

    /// <summary>Ends all connections and removes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _serving.ConfigureAwait(false);
        File.Delete(_path);
        _ends.Dispose();
        _free.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                await _free.WaitAsync(_ends.Token).ConfigureAwait(false);
                Socket client = await _listener.AcceptAsync(_ends.Token).ConfigureAwait(false);
                open.RemoveAll(static task => task.IsCompleted);
                open.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The run ends.
        }

        await Task.WhenAll(open).ConfigureAwait(false);
    }

    private async Task ServeAsync(Socket client)
    {
        try
        {
            using NetworkStream stream = new(client, ownsSocket: true);
            byte[] buffer = new byte[LongestLine];
            int filled = 0;
            while (filled < buffer.Length && await stream.ReadAsync(buffer.AsMemory(filled), _ends.Token).ConfigureAwait(false) is > 0 and int read)
            {
                filled += read;
                int end;
                while ((end = buffer.AsSpan(0, filled).IndexOf((byte)'\n')) >= 0)
                {
                    string answer = await AnswerAsync(Encoding.UTF8.GetString(buffer, 0, end)).ConfigureAwait(false);
                    buffer.AsSpan(end + 1, filled - end - 1).CopyTo(buffer);
                    filled -= end + 1;
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"), _ends.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side went away, or the run ends.
        }
        finally
        {
            _free.Release();
        }
    }

    private async Task<string> AnswerAsync(string line)
    {
        ControlRequest request;
        try
        {
            request = ControlRequest.Parse(line);
        }
        catch (FormatException wrong)
        {
            return ControlAnswer.Of(new CommandAnswer(false, $"request: {wrong.Message}"));
        }

        if (request.Command is { } command)
        {
            return ControlAnswer.Of(await _desk.OrderAsync(request.Account, command).WaitAsync(_ends.Token).ConfigureAwait(false));
        }

        long last = _desk.Events.Last;
        return ControlAnswer.Of(_desk.Status, request.After >= last ? [] : _desk.Events.After(request.After), last);
    }
}
