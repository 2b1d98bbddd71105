using Harrier.Exchanges;
using Harrier.Hosting.Notifications;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Tests.Hosting.Notifications;

/// <summary>What tests send.</summary>
internal static class Messages
{
    public static ChannelMessage Of(string text, string id = "r-1") =>
        new([ChannelSenderTests.Note(text) with { Id = id, Json = """{"type":"note"}""" }], ["x: " + text], null);

    public static NamedSecret Hidden(string value) => new("env:TEST", new Secret(value));

    /// <summary>A port of loopback on which nobody listens.</summary>
    public static int DeadPort()
    {
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
