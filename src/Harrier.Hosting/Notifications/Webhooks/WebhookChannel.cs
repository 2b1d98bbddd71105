using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Harrier.Exchanges.Requests;
using Harrier.Hosting.Control;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Hosting.Notifications.Webhooks;

/// <summary>Posts each notification to a program as JSON, signed; see <see cref="WebhookSignature"/>.</summary>
public sealed class WebhookChannel : INotificationChannel
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpMessageInvoker _http = RestTransport.Create(1);
    private readonly WebhookSettings _settings;
    private readonly TimeProvider _time;
    private readonly byte[] _key;

    /// <summary>Makes the channel.</summary>
    /// <param name="settings">Where to, and the key.</param>
    /// <param name="time">The wall clock.</param>
    public WebhookChannel(WebhookSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _time) = (settings, time);
        _key = WebhookSignature.KeyOf(settings.Secret.Value.Reveal()) ?? throw new ArgumentException("a secret of the form whsec_...", nameof(settings));
    }

    /// <inheritdoc/>
    public int MostTogether => 1;

    /// <inheritdoc/>
    public TimeSpan Spacing => TimeSpan.Zero;

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(ChannelMessage message, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(message);
        Notification told = message.Notifications[0];
        byte[] body = Body(told, message);
        long now = _time.GetUtcNow().ToUnixTimeSeconds();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(_settings.Url.Value.Reveal()));
        request.Headers.Add("webhook-id", told.Id);
        request.Headers.Add("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(_key, told.Id, now, body));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        HttpAnswer answer = await HttpCall.SendAsync(_http, request, Patience, _time, stop).ConfigureAwait(false);
        return answer.Fault is { } fault ? Delivery.Failed(fault) : Judge(answer);
    }

    /// <summary>Ends the transport.</summary>
    public void Dispose() => _http.Dispose();

    private static Delivery Judge(HttpAnswer answer)
    {
        string reason = $"status {(int)answer.Status}";
        return (int)answer.Status switch
        {
            >= 200 and < 300 => Delivery.Done,
            (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable => Delivery.Failed(reason, answer.RetryAfter),
            (int)HttpStatusCode.RequestTimeout or >= 500 => Delivery.Failed(reason),
            _ => Delivery.Refused(reason),
        };
    }

    private static byte[] Body(Notification told, ChannelMessage message)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteString("id", told.Id);
            json.WriteString("type", told.Kind.ToString().ToLowerInvariant());
            json.WriteString("timestamp", RunText.Of(told.Time));
            json.WriteString("text", message.Text);
            json.WriteNumber("repeats", told.Repeats);
            json.WritePropertyName("data");
            json.WriteRawValue(told.Json ?? "null");
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
