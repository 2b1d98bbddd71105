using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Exchanges;

namespace Harrier.Hosting.Notifications.Telegram;

/// <summary>Calls methods of Telegram's bot API. The token is part of every address: no address leaves this class.</summary>
/// <param name="address">Where the API is.</param>
/// <param name="token">The bot's token.</param>
/// <param name="http">The transport.</param>
/// <param name="time">The wall clock.</param>
internal sealed class TelegramClient(Uri address, Secret token, HttpMessageInvoker http, TimeProvider time)
{
    private const int LongestReason = 200;

    /// <summary>Calls a method.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="patience">How long to wait for the answer.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> came first.</exception>
    public async Task<TelegramAnswer> CallAsync(string method, JsonObject arguments, TimeSpan patience, CancellationToken stop)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri($"{address.AbsoluteUri.TrimEnd('/')}/bot{token.Reveal()}/{method}"));
        request.Content = new StringContent(arguments.ToJsonString(), Encoding.UTF8, "application/json");
        HttpAnswer answer = await HttpCall.SendAsync(http, request, patience, time, stop).ConfigureAwait(false);
        if (answer.Fault is { } fault)
        {
            return new TelegramAnswer(Delivery.Failed(fault), default);
        }

        JsonElement? root = Parse(answer.Body);
        if (answer.Status == HttpStatusCode.OK && root is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty("result", out JsonElement result))
        {
            return new TelegramAnswer(Delivery.Done, result);
        }

        return new TelegramAnswer(Judge(answer, root), default);
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 }).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Delivery Judge(HttpAnswer answer, JsonElement? root)
    {
        string reason = $"status {(int)answer.Status}{Description(root)}";
        return answer.Status switch
        {
            HttpStatusCode.TooManyRequests => Delivery.Failed(reason, Wait(root) ?? answer.RetryAfter),
            HttpStatusCode.Unauthorized or HttpStatusCode.NotFound => Delivery.Refused($"{reason}: the token is not one of a bot"),
            HttpStatusCode.BadRequest or HttpStatusCode.Forbidden => Delivery.Refused(reason),
            _ => Delivery.Failed(reason),
        };
    }

    private string Description(JsonElement? root)
    {
        if (root is not { ValueKind: JsonValueKind.Object } whole || !whole.TryGetProperty("description", out JsonElement text) || text.ValueKind != JsonValueKind.String)
        {
            return "";
        }

        string said = text.GetString()!.Replace(token.Reveal(), token.ToString(), StringComparison.Ordinal);
        return ": " + (said.Length <= LongestReason ? said : said[..LongestReason]);
    }

    private static TimeSpan? Wait(JsonElement? root) =>
        root is { ValueKind: JsonValueKind.Object } whole
        && whole.TryGetProperty("parameters", out JsonElement parameters)
        && parameters.ValueKind == JsonValueKind.Object
        && parameters.TryGetProperty("retry_after", out JsonElement seconds)
        && seconds.TryGetInt32(out int wait)
        && wait >= 0
            ? TimeSpan.FromSeconds(wait)
            : null;
}

/// <summary>What a call came to.</summary>
/// <param name="Outcome">Whether it went well.</param>
/// <param name="Result">Its result where it did.</param>
internal readonly record struct TelegramAnswer(Delivery Outcome, JsonElement Result);
