namespace Harrier.Testnet.Bybit.Requests;

/// <summary>A refusal in the venue's form. The HTTP status is 200 nearly always: clients judge by the code.</summary>
/// <param name="Code">The venue's code.</param>
/// <param name="Message">The venue's message; clients must not read anything out of it.</param>
internal sealed record BybitFault(int Code, string Message)
{
    /// <value>HTTP status.</value>
    public int Status { get; init; } = 200;

    /// <value>When the caller may come again, for limits.</value>
    public Domain.Timestamp? RetryAt { get; init; }

    /// <summary>10000: the outcome is unknown to the caller.</summary>
    public static BybitFault TimedOut { get; } = new(10000, "Server Timeout") { Status = 504 };

    /// <summary>10003.</summary>
    public static BybitFault BadKey { get; } = new(10003, "API key is invalid.");

    /// <summary>10005.</summary>
    public static BybitFault NoPermission { get; } = new(10005, "Permission denied, please check your API key permissions.");

    /// <summary>10006.</summary>
    public static BybitFault TooManyVisits { get; } = new(10006, "Too many visits. Exceeded the API Rate Limit.");

    /// <summary>The refusal of an address that asked too often: not JSON, and the address is banned.</summary>
    public static BybitFault AccessTooFrequent { get; } = new(403, "access too frequent") { Status = 403 };

    /// <summary>10016 with a status that says so.</summary>
    public static BybitFault ServerError { get; } = new(10016, "Internal System Error.") { Status = 500 };

    /// <summary>10016 as the venue says while it restarts.</summary>
    public static BybitFault Restarting { get; } = new(10016, "Service is restarting, please try again later.");

    /// <summary>10001.</summary>
    public static BybitFault Parameter(string message) => new(10001, message);

    /// <summary>10001 for a parameter that is not there.</summary>
    public static BybitFault Missing(string name) => Parameter($"Missing some parameters that must be filled in, {name} is required");

    /// <summary>10001 for a parameter that cannot be read.</summary>
    public static BybitFault Invalid(string name) => Parameter($"Request parameter error: {name} invalid.");

    /// <summary>10001 for what the venue offers and this exchange does not.</summary>
    public static BybitFault NotOffered(string what) => Parameter($"{what} is not offered by this exchange");

    /// <summary>10001.</summary>
    public static BybitFault BadSymbol { get; } = Parameter("params error: symbol invalid");

    /// <summary>10001.</summary>
    public static BybitFault BadCategory { get; } = Parameter("params error: Category is invalid");
}
