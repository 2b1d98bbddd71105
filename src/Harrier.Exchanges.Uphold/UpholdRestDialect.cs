using System.Globalization;
using System.Text.Json;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Uphold.Wire;

namespace Harrier.Exchanges.Uphold;

/// <summary>How the venue says no. Its headers tell nothing of what is used of the limits, only how long to wait once they are reached.</summary>
public sealed class UpholdRestDialect : IRestDialect
{
    private const int LongestError = 64 * 1024;
    private const string OtpHeader = "otp-token";

    /// <inheritdoc/>
    public VenueError? ErrorOf(int status, ReadOnlySpan<byte> body, IReadOnlyDictionary<string, string> headers, bool isWrite)
    {
        ArgumentNullException.ThrowIfNull(headers);
        ReadOnlySpan<byte> text = body.Trim(" \t\r\n"u8);
        Outcome lost = isWrite ? Outcome.Unknown : Outcome.NotDone;
        if (status < 400)
        {
            bool looksWhole = text.Length >= 2 && ((text[0] == '{' && text[^1] == '}') || (text[0] == '[' && text[^1] == ']'));
            return looksWhole ? null : new VenueError(VenueErrorKind.Malformed, lost, status, "the answer is not whole JSON");
        }

        VenueError error = Read(text) is ErrorMessage message
            ? OfMessage(status, message, headers, isWrite)
            : OfStranger(status, text, isWrite);
        return error with { RetryAfter = RetryAfter(headers) };
    }

    /// <inheritdoc/>
    public void ReadUsage(IReadOnlyDictionary<string, string> headers, ICollection<(string Rule, int Used)> into)
    {
        // The venue tells none.
    }

    private static VenueError OfMessage(int status, ErrorMessage message, IReadOnlyDictionary<string, string> headers, bool isWrite)
    {
        Outcome outcome = isWrite ? UpholdErrors.OutcomeOf(status) : Outcome.NotDone;
        if (IsPasswordWanted(status, headers))
        {
            return new VenueError(
                VenueErrorKind.PasswordRequired,
                outcome,
                status,
                "the account's owner must confirm with a one-time password; use a token that needs none, such as a personal access token");
        }

        FieldFault fault = UpholdErrors.FaultOf(message);
        return new VenueError(UpholdErrors.KindOf(status, fault.Code), outcome, status, UpholdErrors.Describe(fault))
        {
            Filter = fault.Field.Length > 0 ? fault.Field : null,
            LimitedRule = status == 429 ? UpholdLimits.Requests : null,
        };
    }

    // What is not in the venue's form was said by something before it: whether a write came further nobody knows, except where it was turned away for its
    // number or by a firewall.
    private static VenueError OfStranger(int status, ReadOnlySpan<byte> text, bool isWrite)
    {
        VenueErrorKind kind = status == 403 ? VenueErrorKind.Banned : UpholdErrors.KindOf(status, null);
        Outcome outcome = !isWrite || status is 401 or 403 or 429 ? Outcome.NotDone : Outcome.Unknown;
        string shown = (MarkupExcerpt.IsMarkup(text) ? "a page instead of JSON: " : "") + UpholdErrors.Masked(MarkupExcerpt.Of(text));
        return new VenueError(kind, outcome, status, string.Create(CultureInfo.InvariantCulture, $"HTTP {status}: {shown}"));
    }

    private static bool IsPasswordWanted(int status, IReadOnlyDictionary<string, string> headers) =>
        status == 401 && headers.TryGetValue(OtpHeader, out string? wanted) && wanted.Equals("required", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? RetryAfter(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue("retry-after", out string? value) && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static ErrorMessage? Read(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > LongestError || text[0] != (byte)'{')
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(text, UpholdJson.Default.ErrorMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
