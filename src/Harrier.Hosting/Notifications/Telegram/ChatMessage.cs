using System.Text.Json;

namespace Harrier.Hosting.Notifications.Telegram;

/// <summary>A text that somebody wrote to the bot.</summary>
/// <param name="Id">Number of the message in its chat.</param>
/// <param name="User">Who wrote it.</param>
/// <param name="Chat">Where.</param>
/// <param name="Sent">When, by Telegram's clock, to the second.</param>
/// <param name="Text">The text.</param>
internal sealed record ChatMessage(long Id, long User, long Chat, DateTimeOffset Sent, string Text)
{
    /// <summary>Reads an update.</summary>
    /// <param name="update">One entry of what getUpdates answers.</param>
    /// <param name="number">Its number; 0 where it has none.</param>
    /// <returns>The message; null where the update is anything else.</returns>
    public static ChatMessage? Read(JsonElement update, out long number)
    {
        number = 0;
        return update.ValueKind == JsonValueKind.Object
            && Number(update, "update_id", out number)
            && Child(update, "message", out JsonElement message)
            && Number(message, "message_id", out long id)
            && Number(message, "date", out long sent) && sent is >= 0 and <= uint.MaxValue
            && Child(message, "from", out JsonElement from) && Number(from, "id", out long user)
            && Child(message, "chat", out JsonElement chat) && Number(chat, "id", out long place)
            && message.TryGetProperty("text", out JsonElement text) && text.ValueKind == JsonValueKind.String
                ? new ChatMessage(id, user, place, DateTimeOffset.FromUnixTimeSeconds(sent), text.GetString()!)
                : null;
    }

    private static bool Child(JsonElement parent, string name, out JsonElement child) =>
        parent.TryGetProperty(name, out child) && child.ValueKind == JsonValueKind.Object;

    private static bool Number(JsonElement parent, string name, out long number)
    {
        number = 0;
        return parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out number);
    }
}
