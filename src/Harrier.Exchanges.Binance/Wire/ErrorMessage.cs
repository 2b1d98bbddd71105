using System.Text.Json;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>The body of every refusal.</summary>
internal sealed record ErrorMessage : WireMessage
{
    public int? Code { get; set; }

    public string? Msg { get; set; }

    /// <summary>Both halves of a cancel-and-replace that did not fully work, or when a ban ends.</summary>
    public JsonElement? Data { get; set; }
}

/// <summary>The body of calls that answer nothing but success.</summary>
internal sealed record DoneMessage : WireMessage
{
    public int? Code { get; set; }

    public string? Msg { get; set; }
}
