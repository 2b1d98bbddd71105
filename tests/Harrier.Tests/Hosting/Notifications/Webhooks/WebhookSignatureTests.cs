using System.Text;
using Harrier.Hosting.Notifications.Webhooks;

namespace Harrier.Tests.Hosting.Notifications.Webhooks;

/// <summary>The signature of the Standard Webhooks specification.</summary>
public sealed class WebhookSignatureTests
{
    // The vector that the specification's reference libraries are tested with.
    [Fact]
    public void Of_ReferenceVector_IsReproduced() => WebhookSignature.Of(
        WebhookSignature.KeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1_614_265_330,
        Encoding.UTF8.GetBytes("""{"test": 2432232314}""")).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64 at all, not at all")]
    public void KeyOf_NoSuchSecret_IsNull(string text) => WebhookSignature.KeyOf(text).ShouldBeNull();
}
