using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Harrier.Exchanges.Tests.Requests;

/// <summary>A loopback server that answers each request with the bytes a script gives, or cuts the connection where it gives none.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, string, byte[]?> _script;
    private readonly bool _closesAfterEach;

    public ScriptedServer(Func<int, byte[]?> script, bool closesAfterEach = false)
        : this((index, _) => script(index), closesAfterEach)
    {
    }

    /// <summary>A server whose script is told each request's number and its text.</summary>
    public ScriptedServer(Func<int, string, byte[]?> script, bool closesAfterEach = false)
    {
        _closesAfterEach = closesAfterEach;
        _script = script;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Every request that arrived whole: its head as it was on the wire, and its body.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static byte[] Answer(int status, string body, params string[] headers) =>
        Answer(status, Encoding.UTF8.GetBytes(body), headers);

    public static byte[] Answer(int status, byte[] body, params string[] headers)
    {
        string head = $"HTTP/1.1 {status} X\r\nContent-Length: {body.Length}\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

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
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                while (await ReadAsync(stream, stop) is string request)
                {
                    int index = Requests.Count;
                    Requests.Enqueue(request);
                    if (_script(index, request) is not byte[] answer)
                    {
                        return;
                    }

                    await stream.WriteAsync(answer, stop);
                    if (_closesAfterEach)
                    {
                        return;
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The client went away.
            }
        }
    }

    private static async Task<string?> ReadAsync(NetworkStream stream, CancellationToken stop)
    {
        StringBuilder text = new();
        byte[] one = new byte[1];
        int bodyLeft = -1;
        while (bodyLeft != 0)
        {
            if (await stream.ReadAsync(one, stop) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
            bodyLeft -= bodyLeft > 0 ? 1 : 0;
            if (bodyLeft < 0 && one[0] == '\n' && text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                string? length = text.ToString().Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.Ordinal));
                bodyLeft = length is null ? 0 : int.Parse(length["Content-Length:".Length..]);
            }
        }

        return text.ToString();
    }
}
