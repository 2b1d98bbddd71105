using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Binance;

/// <summary>How the venue's REST interface says no, and how its headers tell what is used of the limits.</summary>
public sealed class BinanceRestDialect(BinanceMarket market) : IRestDialect
{
    private const int LongestError = 4096;
    private const int LongestMessage = 300;
    private const string WeightHeader = "x-mbx-used-weight-";
    private const string OrdersHeader = "x-mbx-order-count-";

    /// <inheritdoc/>
    public VenueError? ErrorOf(int status, ReadOnlySpan<byte> body, IReadOnlyDictionary<string, string> headers, bool isWrite)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ReadOnlySpan<byte> text = body.Trim(" \t\r\n"u8);
        bool looksWhole = text.Length >= 2 && ((text[0] == '{' && text[^1] == '}') || (text[0] == '[' && text[^1] == ']'));
        ErrorMessage? message = looksWhole && text[0] == '{' && (text.Length <= LongestError || status >= 400) ? Read(text) : null;
        if (status < 400 && message?.Code is null or >= 0)
        {
            return looksWhole ? null : Failed(VenueErrorKind.Malformed, isWrite ? Outcome.Unknown : Outcome.NotDone, status, "the answer is not whole JSON");
        }

        VenueError error = message?.Code is int code
            ? OfCode(status, code, message.Msg ?? "", isWrite)
            : OfStatus(status, Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestMessage)]), isWrite);
        return error with { RetryAfter = RetryAfter(headers, error) };
    }

    /// <inheritdoc/>
    public void ReadUsage(IReadOnlyDictionary<string, string> headers, ICollection<(string Rule, int Used)> into)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(into);
        foreach ((string name, string value) in headers)
        {
            string? rule = name.StartsWith(WeightHeader, StringComparison.Ordinal) ? BinanceLimits.WeightPrefix + name[WeightHeader.Length..]
                : name.StartsWith(OrdersHeader, StringComparison.Ordinal) ? BinanceLimits.OrdersPrefix + name[OrdersHeader.Length..]
                : null;
            if (rule is not null && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int used))
            {
                into.Add((rule, used));
            }
        }
    }

    /// <summary>The error of an answer of the WebSocket API, which has the same codes and statuses.</summary>
    internal VenueError ErrorOfSocket(int status, int code, string message, bool isWrite) => OfCode(status, code, message, isWrite);

    private static ErrorMessage? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, BinanceJson.Default.ErrorMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static VenueError Failed(VenueErrorKind kind, Outcome outcome, int code, string message) => new(kind, outcome, code, message);

    private static TimeSpan? RetryAfter(IReadOnlyDictionary<string, string> headers, VenueError error)
    {
        if (headers.TryGetValue("retry-after", out string? value) && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        // "... IP banned until 1700000000000 ...": the end of the ban by the venue's clock, which the Date header tells to the second.
        int at = error.Message.IndexOf("until ", StringComparison.Ordinal);
        if (at < 0 || !headers.TryGetValue("date", out string? date) || !DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset now))
        {
            return null;
        }

        string digits = new([.. error.Message.AsSpan(at + "until ".Length).ToArray().TakeWhile(char.IsAsciiDigit)]);
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long until) && until > now.ToUnixTimeMilliseconds()
            ? TimeSpan.FromMilliseconds(until - now.ToUnixTimeMilliseconds())
            : null;
    }

    private static VenueError OfStatus(int status, string text, bool isWrite)
    {
        bool isPage = text.StartsWith('<');
        string shown = text.Length == 0 ? "no body" : isPage ? "a page instead of JSON" : text;
        (VenueErrorKind kind, bool unclear) = status switch
        {
            401 => (VenueErrorKind.Authentication, false),
            403 => (VenueErrorKind.Banned, false),
            408 => (VenueErrorKind.Timeout, true),
            409 => (VenueErrorKind.InvalidOrder, true),
            410 => (VenueErrorKind.NotSupported, false),
            418 => (VenueErrorKind.Banned, false),
            429 => (VenueErrorKind.RateLimited, false),
            503 => (VenueErrorKind.Overloaded, !text.StartsWith("Service Unavailable", StringComparison.OrdinalIgnoreCase) || isPage),
            504 => (VenueErrorKind.Timeout, true),
            >= 500 => (VenueErrorKind.Overloaded, true),
            >= 400 => (VenueErrorKind.BadRequest, false),
            _ => (VenueErrorKind.Malformed, true),
        };
        return Failed(kind, unclear && isWrite ? Outcome.Unknown : Outcome.NotDone, status, $"HTTP {status}: {shown}");
    }

    private VenueError OfCode(int status, int code, string message, bool isWrite)
    {
        string shown = message.Length > LongestMessage ? message[..LongestMessage] : message;
        VenueErrorKind kind = status switch
        {
            418 => VenueErrorKind.Banned,
            429 => VenueErrorKind.RateLimited,
            _ => BinanceErrors.KindOf(market, code, message),
        };

        // 503 has two meanings: "Service Unavailable." and -1008 never reached the engine, everything else may have.
        bool refused = code == -1008 || message.StartsWith("Service Unavailable", StringComparison.OrdinalIgnoreCase);
        Outcome outcome = !isWrite || refused ? Outcome.NotDone
            : status >= 500 ? Outcome.Unknown
            : BinanceErrors.OutcomeOf(market, code, kind);
        return new VenueError(kind, outcome, code, shown) { Filter = BinanceErrors.FilterOf(code, message) };
    }
}
