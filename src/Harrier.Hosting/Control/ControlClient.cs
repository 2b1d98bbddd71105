using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text;

namespace Harrier.Hosting.Control;

/// <summary>Speaks to the process that runs on a home.</summary>
public sealed class ControlClient : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _lines;

    private ControlClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _lines = new StreamReader(_stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
    }

    /// <summary>Connects.</summary>
    /// <param name="home">The folder of all state.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The connection; null when nothing runs on the home, whatever a killed process left there.</returns>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The client owns the socket; where there is no client, it is disposed of.")]
    public static async Task<ControlClient?> ConnectAsync(string home, CancellationToken stop)
    {
        string path = ControlPath.Of(home);
        if (!File.Exists(path))
        {
            return null;
        }

        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop).ConfigureAwait(false);
            return new ControlClient(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <returns>The answer; null when the other side ended meanwhile.</returns>
    public async Task<string?> AskAsync(ControlRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToLine() + "\n"), stop).ConfigureAwait(false);
            return await _lines.ReadLineAsync(stop).ConfigureAwait(false);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Dispose()
    {
        _lines.Dispose();
        _stream.Dispose();
    }
}
