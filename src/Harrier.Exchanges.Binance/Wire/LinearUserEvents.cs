using System.Text.Json.Serialization;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>News of a plain USD-M order.</summary>
[Ignores("E")]
internal sealed record OrderTradeUpdateMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("T")]
    public long Time { get; init; }

    [JsonPropertyName("o")]
    public LinearOrderEventMessage? Order { get; init; }
}

/// <summary>The order inside.</summary>
[Ignores("wt", "cp", "AP", "cr", "pP", "ss", "V", "pm", "gtd", "b", "a", "st", "er", "sp", "ip")]
internal sealed record LinearOrderEventMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; init; } = "";

    [JsonPropertyName("c")]
    public string? ClientId { get; init; }

    [JsonPropertyName("S")]
    public string? Side { get; init; }

    [JsonPropertyName("o")]
    public string? Type { get; init; }

    [JsonPropertyName("ot")]
    public string? OriginalType { get; init; }

    [JsonPropertyName("f")]
    public string? TimeInForce { get; init; }

    [JsonPropertyName("q")]
    public decimal Quantity { get; init; }

    [JsonPropertyName("p")]
    public decimal Price { get; init; }

    [JsonPropertyName("ap")]
    public decimal? AveragePrice { get; init; }

    [JsonPropertyName("x")]
    public string? ExecutionType { get; init; }

    [JsonPropertyName("X")]
    public string? Status { get; init; }

    [JsonPropertyName("i")]
    public long OrderId { get; init; }

    [JsonPropertyName("l")]
    public decimal LastQuantity { get; init; }

    [JsonPropertyName("z")]
    public decimal Cumulative { get; init; }

    [JsonPropertyName("L")]
    public decimal LastPrice { get; init; }

    [JsonPropertyName("n")]
    public decimal? Commission { get; init; }

    [JsonPropertyName("N")]
    public string? CommissionAsset { get; init; }

    [JsonPropertyName("T")]
    public long Time { get; init; }

    [JsonPropertyName("t")]
    public long TradeId { get; init; }

    [JsonPropertyName("m")]
    public bool IsMaker { get; init; }

    [JsonPropertyName("R")]
    public bool ReduceOnly { get; init; }

    [JsonPropertyName("ps")]
    public string? PositionSide { get; init; }

    [JsonPropertyName("rp")]
    public decimal? RealizedPnl { get; init; }

    /// <summary>Id of the conditional order that made this one; 0 when none did.</summary>
    [JsonPropertyName("si")]
    public long ParentId { get; init; }
}

/// <summary>News of a conditional order.</summary>
[Ignores("E")]
internal sealed record AlgoUpdateMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("T")]
    public long Time { get; init; }

    [JsonPropertyName("o")]
    public AlgoEventMessage? Order { get; init; }
}

/// <summary>The conditional order inside.</summary>
[Ignores("at", "f", "act", "V", "wt", "pm", "cp", "pP", "tt", "gtd", "ap", "aq", "ia")]
internal sealed record AlgoEventMessage : WireMessage
{
    [JsonPropertyName("caid")]
    public string? ClientId { get; init; }

    [JsonPropertyName("aid")]
    public long AlgoId { get; init; }

    [JsonPropertyName("o")]
    public string? Type { get; init; }

    [JsonPropertyName("s")]
    public string Symbol { get; init; } = "";

    [JsonPropertyName("S")]
    public string? Side { get; init; }

    [JsonPropertyName("ps")]
    public string? PositionSide { get; init; }

    [JsonPropertyName("q")]
    public decimal? Quantity { get; init; }

    [JsonPropertyName("X")]
    public string? Status { get; init; }

    /// <summary>Id of the plain order it made; empty before.</summary>
    [JsonPropertyName("ai")]
    public string? ChildId { get; init; }

    [JsonPropertyName("tp")]
    public decimal? Trigger { get; init; }

    [JsonPropertyName("p")]
    public decimal? Price { get; init; }

    [JsonPropertyName("R")]
    public bool ReduceOnly { get; init; }

    /// <summary>Why it was refused.</summary>
    [JsonPropertyName("rm")]
    public string? Reason { get; init; }
}

/// <summary>Balances and positions that changed.</summary>
[Ignores("E")]
internal sealed record AccountUpdateMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("T")]
    public long Time { get; init; }

    [JsonPropertyName("a")]
    public AccountChangeMessage? Change { get; init; }
}

/// <summary>The change inside.</summary>
[Ignores("S")]
internal sealed record AccountChangeMessage : WireMessage
{
    [JsonPropertyName("m")]
    public string? Cause { get; init; }

    [JsonPropertyName("B")]
    public List<WalletChangeMessage> Balances { get; init; } = [];

    [JsonPropertyName("P")]
    public List<PositionChangeMessage> Positions { get; init; } = [];
}

/// <summary>A wallet after a change.</summary>
internal sealed record WalletChangeMessage : WireMessage
{
    [JsonPropertyName("a")]
    public string Asset { get; init; } = "";

    [JsonPropertyName("wb")]
    public decimal Wallet { get; init; }

    [JsonPropertyName("cw")]
    public decimal? CrossWallet { get; init; }

    [JsonPropertyName("bc")]
    public decimal? Change { get; init; }
}

/// <summary>A position after a change; quantity 0 is closed.</summary>
[Ignores("bep", "cr", "iw")]
internal sealed record PositionChangeMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; init; } = "";

    [JsonPropertyName("pa")]
    public decimal Quantity { get; init; }

    [JsonPropertyName("ep")]
    public decimal EntryPrice { get; init; }

    [JsonPropertyName("up")]
    public decimal? UnrealizedPnl { get; init; }

    [JsonPropertyName("mt")]
    public string? MarginType { get; init; }

    [JsonPropertyName("ps")]
    public string? PositionSide { get; init; }
}

/// <summary>An execution told early and in short: no fee, no cumulative quantity.</summary>
[Ignores("E")]
internal sealed record TradeLiteMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("T")]
    public long Time { get; init; }

    [JsonPropertyName("s")]
    public string Symbol { get; init; } = "";

    [JsonPropertyName("q")]
    public decimal Quantity { get; init; }

    [JsonPropertyName("p")]
    public decimal Price { get; init; }

    [JsonPropertyName("m")]
    public bool IsMaker { get; init; }

    [JsonPropertyName("c")]
    public string? ClientId { get; init; }

    [JsonPropertyName("S")]
    public string? Side { get; init; }

    [JsonPropertyName("L")]
    public decimal LastPrice { get; init; }

    [JsonPropertyName("l")]
    public decimal LastQuantity { get; init; }

    [JsonPropertyName("t")]
    public long TradeId { get; init; }

    [JsonPropertyName("i")]
    public long OrderId { get; init; }
}

/// <summary>Positions that come near their liquidation.</summary>
[Ignores("E", "cw")]
internal sealed record MarginCallMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("p")]
    public List<MarginCallPositionMessage> Positions { get; init; } = [];
}

/// <summary>One of those positions.</summary>
[Ignores("iw", "ps", "mt")]
internal sealed record MarginCallPositionMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; init; } = "";

    [JsonPropertyName("pa")]
    public decimal Quantity { get; init; }

    [JsonPropertyName("mp")]
    public decimal? MarkPrice { get; init; }

    [JsonPropertyName("up")]
    public decimal? UnrealizedPnl { get; init; }

    [JsonPropertyName("mm")]
    public decimal? MaintenanceMargin { get; init; }
}

/// <summary>Leverage of a symbol, or the account's margin mode, was changed.</summary>
[Ignores("E")]
internal sealed record AccountConfigUpdateMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("T")]
    public long Time { get; init; }

    [JsonPropertyName("ac")]
    public LeverageChangeMessage? Leverage { get; init; }

    [JsonPropertyName("ai")]
    public MarginModeChangeMessage? Mode { get; init; }
}

/// <summary>The new leverage.</summary>
internal sealed record LeverageChangeMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; init; } = "";

    [JsonPropertyName("l")]
    public int Leverage { get; init; }
}

/// <summary>True when all assets back all positions.</summary>
[Ignores("j")]
internal sealed record MarginModeChangeMessage : WireMessage;

/// <summary>A conditional order was triggered and refused.</summary>
[Ignores("E")]
internal sealed record TriggerRejectMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("T")]
    public long Time { get; init; }

    [JsonPropertyName("or")]
    public TriggerRejectOrderMessage? Order { get; init; }
}

/// <summary>The refused order.</summary>
internal sealed record TriggerRejectOrderMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; init; } = "";

    [JsonPropertyName("i")]
    public long OrderId { get; init; }

    [JsonPropertyName("r")]
    public string? Reason { get; init; }
}
