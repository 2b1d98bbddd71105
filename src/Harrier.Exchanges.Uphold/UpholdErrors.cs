using System.Collections.Frozen;
using System.Text.Json;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Uphold.Wire;

namespace Harrier.Exchanges.Uphold;

/// <summary>
/// The venue's refusals in our words. Statuses come from the errors page of its documents; codes of fields from its examples and from what clients of it have met.
/// </summary>
public static class UpholdErrors
{
    private const int DeepestField = 8;
    private const int LongestMessage = 300;
    private const int ShortestToken = 32;

    private static readonly FrozenDictionary<string, VenueErrorKind> Codes = new Dictionary<string, VenueErrorKind>(StringComparer.Ordinal)
    {
        ["sufficient_funds"] = VenueErrorKind.InsufficientFunds,
        ["insufficient_funds"] = VenueErrorKind.InsufficientFunds,
        ["insufficient_balance"] = VenueErrorKind.InsufficientFunds,
        ["password_reset_restriction"] = VenueErrorKind.Permission,
        ["insufficient_scope"] = VenueErrorKind.Permission,
        ["invalid_token"] = VenueErrorKind.Authentication,
        ["invalid_client"] = VenueErrorKind.Authentication,
        ["unauthorized"] = VenueErrorKind.Authentication,
        ["not_found"] = VenueErrorKind.OrderNotFound,
        ["invalid_currency"] = VenueErrorKind.UnknownSymbol,
        ["greater_than"] = VenueErrorKind.InvalidOrder,
        ["greater_than_or_equal_to"] = VenueErrorKind.InvalidOrder,
        ["less_than"] = VenueErrorKind.InvalidOrder,
        ["less_than_or_equal_to"] = VenueErrorKind.InvalidOrder,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The class of a refusal.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The code of the field at fault, or of the whole answer; null where there is none.</param>
    public static VenueErrorKind KindOf(int status, string? code) => status switch
    {
        400 or 401 or 403 when code is not null && Codes.TryGetValue(code, out VenueErrorKind kind) => kind,
        400 or 412 or 416 => VenueErrorKind.BadRequest,
        401 => VenueErrorKind.Authentication,
        403 => VenueErrorKind.Permission,
        404 => VenueErrorKind.OrderNotFound,
        408 or 504 => VenueErrorKind.Timeout,
        409 => VenueErrorKind.DuplicateOrder,
        429 => VenueErrorKind.RateLimited,
        >= 500 => VenueErrorKind.Overloaded,
        >= 400 => VenueErrorKind.BadRequest,
        _ => VenueErrorKind.Malformed,
    };

    /// <summary>What a refusal in the venue's own form says about the effect of a write.</summary>
    /// <param name="status">The HTTP status.</param>
    public static Outcome OutcomeOf(int status) => status is 408 or 409 or >= 500 ? Outcome.Unknown : Outcome.NotDone;

    /// <summary>The first field at fault with its code and text; empty where the answer names none.</summary>
    internal static FieldFault FaultOf(ErrorMessage message)
    {
        FieldFault fault = message.Errors is { ValueKind: JsonValueKind.Object } errors ? Find(errors, "", DeepestField) : default;
        return fault.Code is null ? new FieldFault("", message.Code ?? message.Error, message.Message ?? message.Error ?? "") : fault;
    }

    internal static string Describe(FieldFault fault)
    {
        IEnumerable<string> parts = new[] { fault.Field, fault.Code ?? "", fault.Message == fault.Code ? "" : fault.Message }.Where(part => part.Length > 0);
        string text = Masked(string.Join(": ", parts));
        return text.Length > LongestMessage ? text[..LongestMessage] : text.Length > 0 ? text : "no reason given";
    }

    /// <summary>The text without words that may be tokens, which have 40 characters: whoever answers may repeat what was sent.</summary>
    internal static string Masked(string text) => string.Join(' ', text.Split(' ').Select(word => word.Length >= ShortestToken ? "***" : word));

    // {"denomination":{"code":"validation_failed","errors":{"amount":[{"code":"sufficient_funds","message":"..."}]}}}
    private static FieldFault Find(JsonElement errors, string path, int depth)
    {
        foreach (JsonProperty field in errors.EnumerateObject())
        {
            string here = path.Length > 0 ? path + "." + field.Name : field.Name;
            FieldFault found = field.Value.ValueKind switch
            {
                JsonValueKind.Array => field.Value.EnumerateArray().Select(e => Leaf(here, e)).FirstOrDefault(f => f.Code is not null),
                JsonValueKind.Object when depth > 0 && field.Value.TryGetProperty("errors", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object => Find(inner, here, depth - 1),
                JsonValueKind.Object => Leaf(here, field.Value),
                _ => default,
            };
            if (found.Code is not null)
            {
                return found;
            }
        }

        return default;
    }

    private static FieldFault Leaf(string field, JsonElement leaf) => leaf.ValueKind == JsonValueKind.Object && TextOf(leaf, "code") is string code
        ? new FieldFault(field, code, TextOf(leaf, "message") ?? "")
        : default;

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A fault of one field.</summary>
/// <param name="Field">Its path with points, or empty.</param>
/// <param name="Code">The venue's code.</param>
/// <param name="Message">The venue's text.</param>
internal readonly record struct FieldFault(string Field, string? Code, string Message);
