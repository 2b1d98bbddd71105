using System.Net;
using System.Net.Sockets;

namespace Harrier.Exchanges.Tests.Support;

/// <summary>Ports of this machine that no other test comes by.</summary>
internal static class LocalPorts
{
    // Bound and never listening: nobody else gets it, and whoever connects is refused.
    private static readonly Socket _nobody = Bound(0);

    // Sockets that let the system choose get ports above these.
    private const int First = 20_000;
    private const int Last = 32_000;

    private static int _next = First + (Environment.ProcessId * 40 % (Last - First - 1000));

    /// <summary>A port at which every connection is refused.</summary>
    public static int Refusing => ((IPEndPoint)_nobody.LocalEndPoint!).Port;

    /// <summary>The first of four free ports in a row, for an exchange that comes back where it was.</summary>
    public static int FourInARow()
    {
        while (true)
        {
            int first = Interlocked.Add(ref _next, 4);
            try
            {
                for (int port = first; port < first + 4; port++)
                {
                    Bound(port).Dispose();
                }

                return first;
            }
            catch (SocketException)
            {
                // Somebody else's: the next four.
            }
        }
    }

    private static Socket Bound(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
