using System.Text.Json;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Wire;

/// <summary>What every answer of REST is wrapped in.</summary>
/// <typeparam name="T">What the call asks for.</typeparam>
internal sealed record AnswerMessage<T> : WireMessage
    where T : class
{
    public int? RetCode { get; set; }

    public string? RetMsg { get; set; }

    public T? Result { get; set; }

    /// <summary>Empty but for batches, where it holds a code for each item.</summary>
    public JsonElement? RetExtInfo { get; set; }

    /// <summary>The venue's clock in milliseconds.</summary>
    public long? Time { get; set; }
}

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What it lists.</typeparam>
[Ignores("category", "success")]
internal sealed record ListMessage<T> : WireMessage
    where T : WireMessage
{
    public List<T> List { get; set; } = [];

    /// <summary>Where the next page begins; empty or missing on the last.</summary>
    public string? NextPageCursor { get; set; }
}

/// <summary>A result with nothing in it that is needed.</summary>
internal sealed record DoneMessage : WireMessage;

/// <summary>The venue's clock.</summary>
[Ignores("timeSecond")]
internal sealed record ServerTimeMessage : WireMessage
{
    public long TimeNano { get; set; }
}

/// <summary>The receipt of a write: the gate took it, which says nothing of what becomes of it.</summary>
[Ignores("category", "symbol", "createAt")]
internal sealed record ReceiptMessage : WireMessage
{
    public string OrderId { get; set; } = "";

    public string? OrderLinkId { get; set; }
}

/// <summary>Codes of the items of a batch.</summary>
internal sealed record BatchCodesMessage : WireMessage
{
    public List<BatchCodeMessage> List { get; set; } = [];
}

/// <summary>What became of one item of a batch.</summary>
internal sealed record BatchCodeMessage : WireMessage
{
    public int Code { get; set; }

    public string? Msg { get; set; }
}
