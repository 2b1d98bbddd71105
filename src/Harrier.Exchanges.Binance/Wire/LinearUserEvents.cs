using System.Text.Json.Serialization;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>News of a plain USD-M order.</summary>
[Ignores("E")]
internal sealed record OrderTradeUpdateMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("T")]
    public long Time { get; set; }

    [JsonPropertyName("o")]
    public LinearOrderEventMessage? Order { get; set; }
}

/// <summary>The order inside.</summary>
[Ignores("wt", "cp", "AP", "cr", "pP", "ss", "V", "pm", "gtd", "b", "a", "st", "er", "ip")]
internal sealed record LinearOrderEventMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; set; } = "";

    [JsonPropertyName("c")]
    public string? ClientId { get; set; }

    [JsonPropertyName("S")]
    public string? Side { get; set; }

    [JsonPropertyName("o")]
    public string? Type { get; set; }

    [JsonPropertyName("ot")]
    public string? OriginalType { get; set; }

    [JsonPropertyName("f")]
    public string? TimeInForce { get; set; }

    [JsonPropertyName("q")]
    public decimal Quantity { get; set; }

    [JsonPropertyName("p")]
    public decimal Price { get; set; }

    [JsonPropertyName("ap")]
    public decimal? AveragePrice { get; set; }

    [JsonPropertyName("sp")]
    public decimal? StopPrice { get; set; }

    [JsonPropertyName("x")]
    public string? ExecutionType { get; set; }

    [JsonPropertyName("X")]
    public string? Status { get; set; }

    [JsonPropertyName("i")]
    public long OrderId { get; set; }

    [JsonPropertyName("l")]
    public decimal LastQuantity { get; set; }

    [JsonPropertyName("z")]
    public decimal Cumulative { get; set; }

    [JsonPropertyName("L")]
    public decimal LastPrice { get; set; }

    [JsonPropertyName("n")]
    public decimal? Commission { get; set; }

    [JsonPropertyName("N")]
    public string? CommissionAsset { get; set; }

    [JsonPropertyName("T")]
    public long Time { get; set; }

    [JsonPropertyName("t")]
    public long TradeId { get; set; }

    [JsonPropertyName("m")]
    public bool IsMaker { get; set; }

    [JsonPropertyName("R")]
    public bool ReduceOnly { get; set; }

    [JsonPropertyName("ps")]
    public string? PositionSide { get; set; }

    [JsonPropertyName("rp")]
    public decimal? RealizedPnl { get; set; }

    /// <summary>Id of the conditional order that made this one; 0 when none did.</summary>
    [JsonPropertyName("si")]
    public long ParentId { get; set; }
}

/// <summary>News of a conditional order.</summary>
[Ignores("E")]
internal sealed record AlgoUpdateMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("T")]
    public long Time { get; set; }

    [JsonPropertyName("o")]
    public AlgoEventMessage? Order { get; set; }
}

/// <summary>The conditional order inside.</summary>
[Ignores("at", "f", "act", "V", "wt", "pm", "cp", "pP", "tt", "gtd", "ap", "aq", "ia")]
internal sealed record AlgoEventMessage : WireMessage
{
    [JsonPropertyName("caid")]
    public string? ClientId { get; set; }

    [JsonPropertyName("aid")]
    public long AlgoId { get; set; }

    [JsonPropertyName("o")]
    public string? Type { get; set; }

    [JsonPropertyName("s")]
    public string Symbol { get; set; } = "";

    [JsonPropertyName("S")]
    public string? Side { get; set; }

    [JsonPropertyName("ps")]
    public string? PositionSide { get; set; }

    [JsonPropertyName("q")]
    public decimal? Quantity { get; set; }

    [JsonPropertyName("X")]
    public string? Status { get; set; }

    /// <summary>Id of the plain order it made; empty before.</summary>
    [JsonPropertyName("ai")]
    public string? ChildId { get; set; }

    [JsonPropertyName("tp")]
    public decimal? Trigger { get; set; }

    [JsonPropertyName("p")]
    public decimal? Price { get; set; }

    [JsonPropertyName("R")]
    public bool ReduceOnly { get; set; }

    /// <summary>Why it was refused.</summary>
    [JsonPropertyName("rm")]
    public string? Reason { get; set; }
}

/// <summary>Balances and positions that changed.</summary>
[Ignores("E")]
internal sealed record AccountUpdateMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("T")]
    public long Time { get; set; }

    [JsonPropertyName("a")]
    public AccountChangeMessage? Change { get; set; }
}

/// <summary>The change inside.</summary>
[Ignores("S")]
internal sealed record AccountChangeMessage : WireMessage
{
    [JsonPropertyName("m")]
    public string? Cause { get; set; }

    [JsonPropertyName("B")]
    public List<WalletChangeMessage> Balances { get; set; } = [];

    [JsonPropertyName("P")]
    public List<PositionChangeMessage> Positions { get; set; } = [];
}

/// <summary>A wallet after a change.</summary>
internal sealed record WalletChangeMessage : WireMessage
{
    [JsonPropertyName("a")]
    public string Asset { get; set; } = "";

    [JsonPropertyName("wb")]
    public decimal Wallet { get; set; }

    [JsonPropertyName("cw")]
    public decimal? CrossWallet { get; set; }

    [JsonPropertyName("bc")]
    public decimal? Change { get; set; }
}

/// <summary>A position after a change; quantity 0 is closed.</summary>
[Ignores("bep", "cr", "iw")]
internal sealed record PositionChangeMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; set; } = "";

    [JsonPropertyName("pa")]
    public decimal Quantity { get; set; }

    [JsonPropertyName("ep")]
    public decimal EntryPrice { get; set; }

    [JsonPropertyName("up")]
    public decimal? UnrealizedPnl { get; set; }

    [JsonPropertyName("mt")]
    public string? MarginType { get; set; }

    [JsonPropertyName("ps")]
    public string? PositionSide { get; set; }
}

/// <summary>An execution told early and in short: no fee, no cumulative quantity.</summary>
[Ignores("E")]
internal sealed record TradeLiteMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("T")]
    public long Time { get; set; }

    [JsonPropertyName("s")]
    public string Symbol { get; set; } = "";

    [JsonPropertyName("q")]
    public decimal Quantity { get; set; }

    [JsonPropertyName("p")]
    public decimal Price { get; set; }

    [JsonPropertyName("m")]
    public bool IsMaker { get; set; }

    [JsonPropertyName("c")]
    public string? ClientId { get; set; }

    [JsonPropertyName("S")]
    public string? Side { get; set; }

    [JsonPropertyName("L")]
    public decimal LastPrice { get; set; }

    [JsonPropertyName("l")]
    public decimal LastQuantity { get; set; }

    [JsonPropertyName("t")]
    public long TradeId { get; set; }

    [JsonPropertyName("i")]
    public long OrderId { get; set; }
}

/// <summary>Positions that come near their liquidation.</summary>
[Ignores("E", "cw")]
internal sealed record MarginCallMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("p")]
    public List<MarginCallPositionMessage> Positions { get; set; } = [];
}

/// <summary>One of those positions.</summary>
[Ignores("iw", "ps", "mt")]
internal sealed record MarginCallPositionMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; set; } = "";

    [JsonPropertyName("pa")]
    public decimal Quantity { get; set; }

    [JsonPropertyName("mp")]
    public decimal? MarkPrice { get; set; }

    [JsonPropertyName("up")]
    public decimal? UnrealizedPnl { get; set; }

    [JsonPropertyName("mm")]
    public decimal? MaintenanceMargin { get; set; }
}

/// <summary>Leverage of a symbol, or the account's margin mode, was changed.</summary>
[Ignores("E")]
internal sealed record AccountConfigUpdateMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("T")]
    public long Time { get; set; }

    [JsonPropertyName("ac")]
    public LeverageChangeMessage? Leverage { get; set; }

    [JsonPropertyName("ai")]
    public MarginModeChangeMessage? Mode { get; set; }
}

/// <summary>The new leverage.</summary>
internal sealed record LeverageChangeMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; set; } = "";

    [JsonPropertyName("l")]
    public int Leverage { get; set; }
}

/// <summary>True when all assets back all positions.</summary>
[Ignores("j")]
internal sealed record MarginModeChangeMessage : WireMessage;

/// <summary>A conditional order was triggered and refused.</summary>
[Ignores("E")]
internal sealed record TriggerRejectMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("T")]
    public long Time { get; set; }

    [JsonPropertyName("or")]
    public TriggerRejectOrderMessage? Order { get; set; }
}

/// <summary>The refused order.</summary>
internal sealed record TriggerRejectOrderMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; set; } = "";

    [JsonPropertyName("i")]
    public long OrderId { get; set; }

    [JsonPropertyName("r")]
    public string? Reason { get; set; }
}
