namespace Harrier.Testnet.Binance.Shared;

/// <summary>A refusal in the venue's form: HTTP status, code, message.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The venue's code.</param>
/// <param name="Message">The venue's message, word for word: clients tell faults apart by it.</param>
internal sealed record ApiFault(int Status, int Code, string Message)
{
    /// <summary>When the caller may come again, for 429 and 418.</summary>
    public Domain.Timestamp? RetryAt { get; init; }

    /// <summary>Further JSON under <c>data</c>.</summary>
    public byte[]? Data { get; init; }

    /// <summary>-1000.</summary>
    public static ApiFault Unknown { get; } = new(500, -1000, "An unknown error occurred while processing the request.");

    /// <summary>-1007: the outcome is unknown to the caller.</summary>
    public static ApiFault TimedOut { get; } = new(504, -1007, "Timeout waiting for response from backend server. Send status unknown; execution status unknown.");

    /// <summary>-1008.</summary>
    public static ApiFault Overloaded { get; } = new(503, -1008, "Server is currently overloaded with other requests. Please try again in a few minutes.");

    /// <summary>-1016.</summary>
    public static ApiFault ShuttingDown { get; } = new(503, -1016, "This service is no longer available.");

    /// <summary>-1021 for a request of the future.</summary>
    public static ApiFault AheadOfServer { get; } = Bad(-1021, "Timestamp for this request was 1000ms ahead of the server's time.");

    /// <summary>-1021 for a request of the past.</summary>
    public static ApiFault OutsideWindow { get; } = Bad(-1021, "Timestamp for this request is outside of the recvWindow.");

    /// <summary>-1022.</summary>
    public static ApiFault BadSignature { get; } = Bad(-1022, "Signature for this request is not valid.");

    /// <summary>-1121.</summary>
    public static ApiFault BadSymbol { get; } = Bad(-1121, "Invalid symbol.");

    /// <summary>-1127.</summary>
    public static ApiFault OverADay { get; } = Bad(-1127, "More than 24 hours between startTime and endTime.");

    /// <summary>-1128.</summary>
    public static ApiFault BadCombination { get; } = Bad(-1128, "Combination of optional parameters invalid.");

    /// <summary>-2013.</summary>
    public static ApiFault NoSuchOrder { get; } = Bad(-2013, "Order does not exist.");

    /// <summary>-2014.</summary>
    public static ApiFault BadKeyFormat { get; } = new(401, -2014, "API-key format invalid.");

    /// <summary>-2015.</summary>
    public static ApiFault BadKey { get; } = new(401, -2015, "Invalid API-key, IP, or permissions for action.");

    /// <summary>A fault of the caller: status 400.</summary>
    public static ApiFault Bad(int code, string message) => new(400, code, message);

    /// <summary>-1100.</summary>
    public static ApiFault IllegalCharacters(string name, string range) =>
        Bad(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{range}'.");

    /// <summary>-1101 for parameters where none are expected, or more than are known.</summary>
    public static ApiFault TooMany(int expected, int received) => Bad(-1101, $"Too many parameters; expected '{expected}' and received '{received}'.");

    /// <summary>-1102.</summary>
    public static ApiFault Missing(string name) => Bad(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    /// <summary>-1104.</summary>
    public static ApiFault Unread(int read, int sent) => Bad(-1104, $"Not all sent parameters were read; read '{read}' parameter(s) but was sent '{sent}'.");

    /// <summary>-1105.</summary>
    public static ApiFault Empty(string name) => Bad(-1105, $"Parameter '{name}' was empty.");

    /// <summary>-1106.</summary>
    public static ApiFault NotRequired(string name) => Bad(-1106, $"Parameter '{name}' sent when not required.");

    /// <summary>-1111.</summary>
    public static ApiFault TooPrecise(string name) => Bad(-1111, $"Parameter '{name}' has too much precision.");

    /// <summary>-1130.</summary>
    public static ApiFault BadValue(string name) => Bad(-1130, $"Data sent for parameter '{name}' is not valid.");
}
