using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Harrier.Cli.Doctor;

namespace Harrier.Tests.Cli.Doctor;

/// <summary>How far this machine's clock is off, asked of a time server on a real socket.</summary>
public sealed class ClockProbeTests
{
    [Theory]
    [InlineData(0, "ok")]
    [InlineData(3_600, "fault")]
    [InlineData(-20, "fault")]
    public async Task AskAsync_ServerOfAnotherTime_TellsTheDifference(int secondsOff, string health)
    {
        Finding finding = await AskAsync((request, answer) => Answer(request, answer, TimeSpan.FromSeconds(secondsOff)));

        finding.Health.ToString().ToLowerInvariant().ShouldBe(health);
        finding.Text.ShouldStartWith("this machine's clock is ");
        if (secondsOff != 0)
        {
            string[] words = finding.Text.Split(' ');
            (double.Parse(words[4], CultureInfo.InvariantCulture) / 1000).ShouldBe(Math.Abs(secondsOff), 5);
            words[6].ShouldBe(secondsOff > 0 ? "behind" : "ahead");
        }
    }

    // Mode 3 is a question; stratum 0 is a kiss of death; leap 3 does not know the time; another origin answers somebody else.
    [Theory]
    [InlineData(0, 0x23)]
    [InlineData(1, 0)]
    [InlineData(0, 0xE4)]
    [InlineData(24, 0x55)]
    public async Task AskAsync_AnswerThatIsNone_IsNotBelieved(int at, byte value)
    {
        Finding finding = await AskAsync((request, answer) =>
        {
            Answer(request, answer, TimeSpan.FromDays(1));
            answer[at] = value;
        });

        (finding.Health, finding.Text[(finding.Text.IndexOf(' ', StringComparison.Ordinal) + 1)..]).ShouldBe((Health.Warning, "does not answer as a time server does"));
    }

    [Theory]
    [InlineData(250, Health.Ok)]
    [InlineData(251, Health.Warning)]
    [InlineData(-1000, Health.Warning)]
    [InlineData(-1001, Health.Fault)]
    public void Judge_Offset_GrowsWorse(int milliseconds, object health) => ClockProbe.Judge(TimeSpan.FromMilliseconds(milliseconds), "x").Health.ShouldBe(health);

    private static void Answer(byte[] request, byte[] answer, TimeSpan off)
    {
        answer[0] = 0x24;
        answer[1] = 2;
        request.AsSpan(40, 8).CopyTo(answer.AsSpan(24));
        TimeSpan since = TimeProvider.System.GetUtcNow() + off - new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (int place in (int[])[32, 40])
        {
            BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(place), (uint)(long)since.TotalSeconds);
            BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(place + 4), (uint)((since.TotalSeconds % 1) * 4_294_967_296d));
        }
    }

    private static async Task<Finding> AskAsync(Action<byte[], byte[]> answer)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Task<Finding> asking = new ClockProbe(TimeProvider.System).AskAsync(server.LocalEndPoint!.ToString()!, stop);
        byte[] request = new byte[48];
        SocketReceiveFromResult from = await server.ReceiveFromAsync(request, new IPEndPoint(IPAddress.Any, 0), stop);
        request[0].ShouldBe((byte)0x23);
        byte[] reply = new byte[48];
        answer(request, reply);
        await server.SendToAsync(reply, from.RemoteEndPoint, stop);
        return await asking;
    }
}
