using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Bybit;

/// <summary>How the venue's REST interface says no: nearly always with HTTP 200 and a code in the body. Its headers tell what is left of an account's limit.</summary>
public sealed class BybitRestDialect : IRestDialect
{
    private const string SignedText = "origin_string";
    private const int LongestMessage = 300;
    private static readonly TimeSpan LongestReset = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public VenueError? ErrorOf(int status, ReadOnlySpan<byte> body, IReadOnlyDictionary<string, string> headers, bool isWrite)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ReadOnlySpan<byte> text = body.Trim(" \t\r\n"u8);
        bool looksWhole = text.Length >= 2 && text[0] == '{' && text[^1] == '}';
        if (!looksWhole || !TryHead(text, out Head head))
        {
            return status < 400
                ? Failed(VenueErrorKind.Malformed, isWrite ? Outcome.Unknown : Outcome.NotDone, status, "the answer is not whole JSON with a code")
                : OfStatus(status, Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestMessage)]), isWrite);
        }

        return head.Code == 0 && status < 400 ? null
            : head.Code == 0 ? OfStatus(status, head.Message, isWrite)
            : OfCode(status, head, headers, isWrite);
    }

    /// <inheritdoc/>
    /// <remarks>The headers do not name the limit: it is the one that the call counts against.</remarks>
    public void ReadUsage(IReadOnlyDictionary<string, string> headers, ICollection<(string Rule, int Used)> into)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(into);
        if (TryNumber(headers, "x-bapi-limit", out long limit) && TryNumber(headers, "x-bapi-limit-status", out long left) && left >= 0 && left <= limit && limit <= int.MaxValue)
        {
            into.Add(("", (int)(limit - left)));
        }
    }

    /// <summary>The error of an item of a batch, or of an answer on a socket.</summary>
    internal static VenueError ErrorOf(int code, string message, bool isWrite)
    {
        VenueErrorKind kind = BybitErrors.KindOf(code, message);

        // A refused signature is answered with the text that was signed: the key and the query.
        int signed = message.IndexOf(SignedText, StringComparison.OrdinalIgnoreCase);
        string told = signed < 0 ? message : message[..signed].TrimEnd();
        string shown = told.Length > LongestMessage ? told[..LongestMessage] : told;
        return new VenueError(kind, isWrite ? BybitErrors.OutcomeOf(code, kind) : Outcome.NotDone, code, shown) { Filter = BybitErrors.FilterOf(code) };
    }

    private static VenueError OfCode(int status, Head head, IReadOnlyDictionary<string, string> headers, bool isWrite)
    {
        VenueError error = ErrorOf(head.Code, head.Message, isWrite);
        if (status >= 500 && isWrite)
        {
            return error with { Outcome = Outcome.Unknown };
        }

        return error.Kind switch
        {
            VenueErrorKind.Banned => error with { RetryAfter = BybitLimits.Ban },
            VenueErrorKind.RateLimited => error with { LimitedRule = "", RetryAfter = ResetOf(head.Time, headers) },
            _ => error,
        };
    }

    private static VenueError OfStatus(int status, string text, bool isWrite)
    {
        string shown = text.Length == 0 ? "no body" : text.StartsWith('<') ? "a page instead of JSON" : text;
        (VenueErrorKind kind, bool unclear) = status switch
        {
            401 => (VenueErrorKind.Authentication, false),

            // "access too frequent", or the address's country: the documents ask for ten minutes of silence.
            403 => (VenueErrorKind.Banned, false),
            404 => (VenueErrorKind.NotSupported, false),
            408 or 504 => (VenueErrorKind.Timeout, true),

            // The venue protects itself; nothing of ours was counted, and nothing was done.
            429 => (VenueErrorKind.Overloaded, false),
            >= 500 => (VenueErrorKind.Overloaded, true),
            _ => (VenueErrorKind.BadRequest, false),
        };
        return Failed(kind, unclear && isWrite ? Outcome.Unknown : Outcome.NotDone, status, $"HTTP {status}: {shown}") with
        {
            RetryAfter = kind == VenueErrorKind.Banned ? BybitLimits.Ban : null,
        };
    }

    private static VenueError Failed(VenueErrorKind kind, Outcome outcome, int code, string message) => new(kind, outcome, code, message);

    private static TimeSpan ResetOf(long now, IReadOnlyDictionary<string, string> headers)
    {
        TimeSpan rest = TryNumber(headers, "x-bapi-limit-reset-timestamp", out long reset) && now > 0 ? TimeSpan.FromMilliseconds(reset - now) : TimeSpan.Zero;
        return rest > LongestReset ? LongestReset : rest > TimeSpan.Zero ? rest : TimeSpan.FromSeconds(1);
    }

    private static bool TryNumber(IReadOnlyDictionary<string, string> headers, string name, out long value)
    {
        value = 0;
        return headers.TryGetValue(name, out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads code, text and time; what lies between is passed over, and is not checked.</summary>
    private static bool TryHead(ReadOnlySpan<byte> text, out Head head)
    {
        head = default;
        if (text.StartsWith("{\"retCode\":0,"u8))
        {
            return true;
        }

        bool hasCode = false;
        try
        {
            Utf8JsonReader reader = new(text);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isCode = reader.ValueTextEquals("retCode"u8);
                bool isMessage = reader.ValueTextEquals("retMsg"u8);
                bool isTime = reader.ValueTextEquals("time"u8);
                reader.Read();
                hasCode |= isCode && reader.TokenType == JsonTokenType.Number;
                head = head with
                {
                    Code = isCode && reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : head.Code,
                    Message = isMessage && reader.TokenType == JsonTokenType.String ? reader.GetString() ?? "" : head.Message,
                    Time = isTime && reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : head.Time,
                };
                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return false;
        }

        return hasCode;
    }

    private readonly record struct Head(int Code, string? Text, long Time)
    {
        public string Message { get => Text ?? ""; init => Text = value; }
    }
}
