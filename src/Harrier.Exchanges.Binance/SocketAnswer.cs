using System.Text.Json;

namespace Harrier.Exchanges.Binance;

/// <summary>The head of an answer of the WebSocket API: <c>{"id","status","result"}</c> or <c>{"id","status","error":{"code","msg"}}</c>.</summary>
internal readonly record struct SocketAnswer(int Status, bool IsSubscription, int Code, string Message)
{
    /// <summary>True when the frame is an answer; events have no status beside them.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out SocketAnswer answer)
    {
        answer = default;
        int? status = null;
        bool isSubscription = false;
        int code = 0;
        string message = "";
        try
        {
            Utf8JsonReader reader = new(frame);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                int depth = reader.CurrentDepth;
                bool isStatus = depth == 1 && reader.ValueTextEquals("status"u8);
                bool isCode = depth == 2 && reader.ValueTextEquals("code"u8);
                bool isMessage = depth == 2 && reader.ValueTextEquals("msg"u8);
                isSubscription |= depth == 2 && reader.ValueTextEquals("subscriptionId"u8);
                if (!isStatus && !isCode && !isMessage)
                {
                    continue;
                }

                reader.Read();
                status = isStatus && reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : status;
                code = isCode && reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : code;
                message = isMessage && reader.TokenType == JsonTokenType.String ? reader.GetString() ?? "" : message;
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }

        answer = new SocketAnswer(status ?? 0, isSubscription, code, message);
        return status is not null;
    }
}
