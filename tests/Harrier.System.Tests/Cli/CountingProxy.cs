using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Harrier.System.Tests.Cli;

/// <summary>Passes bytes on to a server and counts the requests whose path begins with a text.</summary>
internal sealed class CountingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private readonly byte[] _counted;
    private int _count;

    public CountingProxy(Uri server, string path)
    {
        _server = server;
        _counted = Encoding.ASCII.GetBytes("GET " + path);
        _listener.Start();
        Origin = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Origin { get; }

    public int Count => Volatile.Read(ref _count);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient near = client;
        using TcpClient far = new();
        try
        {
            await far.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            await Task.WhenAny(CopyAsync(near.GetStream(), far.GetStream(), counts: true), CopyAsync(far.GetStream(), near.GetStream(), counts: false));
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
        {
            // One side went away.
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool counts)
    {
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0)
        {
            // A request of this client fits into one piece, and none follows before its answer.
            if (counts && buffer.AsSpan(0, read).StartsWith(_counted))
            {
                Interlocked.Increment(ref _count);
            }

            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }
}
