using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Harrier.Hosting.Notifications;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Hosting.Notifications.Webhooks;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Notifications.Webhooks;

/// <summary>What a program receives over a real connection, and what its answers mean.</summary>
public sealed class WebhookChannelTests
{
    private const string Key = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_Taken_IsSignedAndNumbered()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync(new HttpReply(204));
        long before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        (await SendAsync(new Uri(receiver.Address, "/hook?k=canary"), "hällo")).ShouldBe(Delivery.Done);

        ReceivedRequest request = receiver.Received.ShouldHaveSingleItem();
        (request.Method, request.Target, request.Headers["content-type"], request.Headers["webhook-id"]).ShouldBe(("POST", "/hook?k=canary", "application/json", "r-1"));
        long sent = long.Parse(request.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
        sent.ShouldBeInRange(before, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        byte[] signed = [.. Encoding.UTF8.GetBytes($"r-1.{request.Headers["webhook-timestamp"]}."), .. request.Body];
        request.Headers["webhook-signature"].ShouldBe("v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), signed)));
        JsonElement body = JsonDocument.Parse(request.Body).RootElement;
        (body.GetProperty("id").GetString(), body.GetProperty("type").GetString(), body.GetProperty("text").GetString()).ShouldBe(("r-1", "notes", "x: hällo"));
        (body.GetProperty("timestamp").GetString(), body.GetProperty("repeats").GetInt32()).ShouldBe(("1970-01-01T00:00:00Z", 0));
        body.GetProperty("data").GetProperty("type").GetString().ShouldBe("note");
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(408, false)]
    [InlineData(302, true)]
    [InlineData(401, true)]
    [InlineData(410, true)]
    public async Task SendAsync_NotTaken_SaysWhetherAgainMayHelp(int status, bool isFinal)
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync(new HttpReply(status));

        (await SendAsync(receiver.Address, "a")).ShouldBe(new Delivery(false, $"status {status}", isFinal));
        receiver.Received.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task SendAsync_Busy_SaysWhenToComeBack(int status)
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync(new HttpReply(status, RetryAfter: "17"));

        (await SendAsync(receiver.Address, "a")).ShouldBe(new Delivery(false, $"status {status}", false, TimeSpan.FromSeconds(17)));
    }

    [Fact]
    public async Task SendAsync_ServerAway_SaysSoWithoutTheAddress() =>
        (await SendAsync(new Uri($"http://127.0.0.1:{Messages.DeadPort()}/canary"), "a")).ShouldBe(Delivery.Failed("not reached: ConnectionError"));

    [Fact]
    public async Task SendAsync_EndlessAnswer_IsCutOff()
    {
        await using HttpReceiver receiver = await HttpReceiver.StartAsync(new HttpReply(200, new string('x', 2 << 20)));

        (await SendAsync(receiver.Address, "a")).ShouldBe(Delivery.Failed("an answer that is too long"));
    }

    private static async Task<Delivery> SendAsync(Uri to, string text)
    {
        WebhookSettings settings = new() { Name = "hook", Kinds = [], PerMinute = 60, Url = Messages.Hidden(to.AbsoluteUri), Secret = Messages.Hidden("whsec_" + Key) };
        using WebhookChannel channel = new(settings, TimeProvider.System);
        return await channel.SendAsync(Messages.Of(text), Stop);
    }
}
