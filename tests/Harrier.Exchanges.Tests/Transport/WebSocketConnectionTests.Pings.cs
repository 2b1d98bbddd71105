using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Tests.Transport;

/// <content>Venues whose pings are messages.</content>
public sealed partial class WebSocketConnectionTests
{
    [Fact]
    public async Task RunAsync_PingsThatAreMessages_AreSentAsTextAndTheirAnswersAreNoData()
    {
        WebSocketConnection connection = Start(Options() with { Ping = new TextPing(), PingInterval = TimeSpan.FromSeconds(20), RolloverAfter = null });
        await Opened(1);
        for (int ping = 1; ping <= 3; ping++)
        {
            // The first comes after a second.
            await AdvanceSlowly(ping == 1 ? 1 : 20);
            int expected = ping;
            await Eventually.Holds(() => _sockets.Last.SentTexts.Count(text => text.StartsWith("ping", StringComparison.Ordinal)) >= expected);
            Timestamp? before = connection.Status.LastPong;
            _sockets.Last.Push("pong");
            await Eventually.Holds(() => connection.Status.LastPong != before);
        }

        _sockets.Last.Push("pong");
        _sockets.Last.Push("data");
        await Eventually.Holds(() => _handler.Frames.Contains("data"));
        _handler.Disconnects.ShouldBeEmpty();
        _sockets.Last.Sent.ShouldNotContain(one => one.Kind == FrameKind.Ping);
    }

    [Fact]
    public async Task RunAsync_NoAnswerToAPingThatIsAMessage_EndsTheSession()
    {
        Start(Options() with { Ping = new TextPing() });
        await Opened(1);
        (await SecondsToDisconnect()).ShouldBeInRange(11, 12, "one second to the first ping, ten for its answer");
        _handler.Disconnects.First().Kind.ShouldBe(DisconnectKind.PongTimeout);
    }

    private sealed class TextPing : IPingMessage
    {
        public ReadOnlyMemory<byte> Write(long number) => Encoding.UTF8.GetBytes($"ping {number}");

        public bool IsPong(ReadOnlySpan<byte> utf8) => utf8.SequenceEqual("pong"u8);
    }
}
