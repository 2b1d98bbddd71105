using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Wire;

/// <summary>A frame of the private stream.</summary>
/// <typeparam name="T">What it tells of.</typeparam>
[Ignores("id")]
internal sealed record PrivateFrame<T> : WireMessage
    where T : WireMessage
{
    public string? Topic { get; set; }

    public long CreationTime { get; set; }

    public List<T> Data { get; set; } = [];
}

/// <summary>
/// An answer on a socket. Its names differ with the server: ret_msg or retMsg, conn_id or connId, req_id or reqId; some have a code.
/// </summary>
[Ignores("conn_id", "connId", "reqId", "args", "data", "header")]
internal sealed record SocketAnswerMessage : WireMessage
{
    public string? Op { get; set; }

    public bool? Success { get; set; }

    public int? RetCode { get; set; }

    public string? RetMsg { get; set; }

    [System.Text.Json.Serialization.JsonPropertyName("ret_msg")]
    public string? RetText { get; set; }

    [System.Text.Json.Serialization.JsonPropertyName("req_id")]
    public string? RequestId { get; set; }
}
