namespace Harrier.Testnet.Uphold;

/// <summary>Why a request was refused, in the venue's form.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The code of the whole answer.</param>
/// <param name="Message">Text for people.</param>
internal sealed record BrokerRefusal(int Status, string Code, string Message)
{
    /// <summary>Path of the field at fault, with points; empty where none is.</summary>
    public string Field { get; init; } = "";

    /// <summary>Code of that field.</summary>
    public string FieldCode { get; init; } = "";

    /// <summary>Seconds to wait.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Whether a one-time password is asked for.</summary>
    public bool WantsPassword { get; init; }

    public static BrokerRefusal Unauthorized { get; } = new(401, "unauthorized", "Unauthorized");

    public static BrokerRefusal PasswordRequired { get; } = new(401, "unauthorized", "Unauthorized") { WantsPassword = true };

    public static BrokerRefusal Forbidden { get; } = new(403, "forbidden", "You do not have permissions to perform this operation");

    public static BrokerRefusal NotFound { get; } = new(404, "not_found", "Object not found");

    public static BrokerRefusal Conflict { get; } = new(409, "conflict", "The transaction was committed before");

    public static BrokerRefusal BadRange { get; } = new(412, "precondition_failed", "Invalid range");

    public static BrokerRefusal RangeBeyond { get; } = new(416, "range_not_satisfiable", "Requested range is not satisfiable");

    public static BrokerRefusal ServerError { get; } = new(500, "internal_server_error", "Internal server error");

    public static BrokerRefusal Unavailable { get; } = new(503, "service_unavailable", "Service unavailable");

    public static BrokerRefusal TooMany(int seconds) => new(429, "too_many_requests", "Too many requests") { RetryAfter = seconds };

    public static BrokerRefusal Invalid(string field, string code, string message) => new(400, "validation_failed", message) { Field = field, FieldCode = code };

    public static BrokerRefusal Insufficient { get; } = Invalid("denomination.amount", "sufficient_funds", "Not enough funds for the specified amount");
}
