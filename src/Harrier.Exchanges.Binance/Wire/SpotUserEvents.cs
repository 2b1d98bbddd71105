using System.Text.Json.Serialization;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>News of a spot order.</summary>
[Ignores("F", "g", "I", "M", "Q", "V", "d", "D", "j", "J", "v", "A", "B", "u", "U", "Cs", "pl", "pL", "pY", "b", "a", "k", "uS", "W", "gP", "gOT", "gOV", "gp", "E")]
internal sealed record ExecutionReportMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("s")]
    public string Symbol { get; set; } = "";

    /// <summary>On cancels the id of the cancel, not of the order.</summary>
    [JsonPropertyName("c")]
    public string? ClientId { get; set; }

    /// <summary>On cancels the order's own id; empty otherwise.</summary>
    [JsonPropertyName("C")]
    public string? OriginalClientId { get; set; }

    [JsonPropertyName("S")]
    public string? Side { get; set; }

    [JsonPropertyName("o")]
    public string? Type { get; set; }

    [JsonPropertyName("f")]
    public string? TimeInForce { get; set; }

    [JsonPropertyName("q")]
    public decimal Quantity { get; set; }

    [JsonPropertyName("p")]
    public decimal Price { get; set; }

    [JsonPropertyName("P")]
    public decimal? StopPrice { get; set; }

    [JsonPropertyName("x")]
    public string? ExecutionType { get; set; }

    [JsonPropertyName("X")]
    public string? Status { get; set; }

    [JsonPropertyName("r")]
    public string? RejectReason { get; set; }

    [JsonPropertyName("eR")]
    public string? ExpiryReason { get; set; }

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
    public long TradeId { get; set; } = -1;

    [JsonPropertyName("w")]
    public bool? IsWorking { get; set; }

    [JsonPropertyName("m")]
    public bool IsMaker { get; set; }

    [JsonPropertyName("O")]
    public long? Created { get; set; }

    [JsonPropertyName("Z")]
    public decimal? CumulativeQuote { get; set; }

    [JsonPropertyName("Y")]
    public decimal? LastQuote { get; set; }
}

/// <summary>Balances that may have changed, absolute.</summary>
[Ignores("E", "m", "U")]
internal sealed record AccountPositionMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("u")]
    public long Time { get; set; }

    [JsonPropertyName("B")]
    public List<PositionBalanceMessage> Balances { get; set; } = [];
}

/// <summary>One of those balances.</summary>
internal sealed record PositionBalanceMessage : WireMessage
{
    [JsonPropertyName("a")]
    public string Asset { get; set; } = "";

    [JsonPropertyName("f")]
    public decimal Free { get; set; }

    [JsonPropertyName("l")]
    public decimal Locked { get; set; }
}

/// <summary>A deposit, withdrawal, transfer, or lock from outside: signed change of one asset.</summary>
[Ignores("E")]
internal sealed record BalanceDeltaMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("a")]
    public string Asset { get; set; } = "";

    [JsonPropertyName("d")]
    public decimal Delta { get; set; }

    [JsonPropertyName("T")]
    public long Time { get; set; }
}

/// <summary>News of an order list.</summary>
[Ignores("E", "g", "c", "r", "O")]
internal sealed record ListStatusMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; set; }

    [JsonPropertyName("s")]
    public string Symbol { get; set; } = "";

    [JsonPropertyName("l")]
    public string? StatusType { get; set; }

    [JsonPropertyName("L")]
    public string? OrderStatus { get; set; }

    [JsonPropertyName("C")]
    public string? ClientId { get; set; }

    [JsonPropertyName("T")]
    public long Time { get; set; }
}
