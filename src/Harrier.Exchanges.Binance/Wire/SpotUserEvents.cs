using System.Text.Json.Serialization;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>News of a spot order.</summary>
[Ignores("F", "g", "I", "M", "Q", "V", "d", "D", "j", "J", "v", "A", "B", "u", "U", "Cs", "pl", "pL", "pY", "b", "a", "k", "uS", "W", "gP", "gOT", "gOV", "gp", "E")]
internal sealed record ExecutionReportMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("s")]
    public string Symbol { get; init; } = "";

    /// <summary>On cancels the id of the cancel, not of the order.</summary>
    [JsonPropertyName("c")]
    public string? ClientId { get; init; }

    /// <summary>On cancels the order's own id; empty otherwise.</summary>
    [JsonPropertyName("C")]
    public string? OriginalClientId { get; init; }

    [JsonPropertyName("S")]
    public string? Side { get; init; }

    [JsonPropertyName("o")]
    public string? Type { get; init; }

    [JsonPropertyName("f")]
    public string? TimeInForce { get; init; }

    [JsonPropertyName("q")]
    public decimal Quantity { get; init; }

    [JsonPropertyName("p")]
    public decimal Price { get; init; }

    [JsonPropertyName("P")]
    public decimal? StopPrice { get; init; }

    [JsonPropertyName("x")]
    public string? ExecutionType { get; init; }

    [JsonPropertyName("X")]
    public string? Status { get; init; }

    [JsonPropertyName("r")]
    public string? RejectReason { get; init; }

    [JsonPropertyName("eR")]
    public string? ExpiryReason { get; init; }

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
    public long TradeId { get; init; } = -1;

    [JsonPropertyName("w")]
    public bool? IsWorking { get; init; }

    [JsonPropertyName("m")]
    public bool IsMaker { get; init; }

    [JsonPropertyName("O")]
    public long? Created { get; init; }

    [JsonPropertyName("Z")]
    public decimal? CumulativeQuote { get; init; }

    [JsonPropertyName("Y")]
    public decimal? LastQuote { get; init; }
}

/// <summary>Balances that may have changed, absolute.</summary>
[Ignores("E", "m", "U")]
internal sealed record AccountPositionMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("u")]
    public long Time { get; init; }

    [JsonPropertyName("B")]
    public List<PositionBalanceMessage> Balances { get; init; } = [];
}

/// <summary>One of those balances.</summary>
internal sealed record PositionBalanceMessage : WireMessage
{
    [JsonPropertyName("a")]
    public string Asset { get; init; } = "";

    [JsonPropertyName("f")]
    public decimal Free { get; init; }

    [JsonPropertyName("l")]
    public decimal Locked { get; init; }
}

/// <summary>A deposit, withdrawal, transfer, or lock from outside: signed change of one asset.</summary>
[Ignores("E")]
internal sealed record BalanceDeltaMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("a")]
    public string Asset { get; init; } = "";

    [JsonPropertyName("d")]
    public decimal Delta { get; init; }

    [JsonPropertyName("T")]
    public long Time { get; init; }
}

/// <summary>News of an order list.</summary>
[Ignores("E", "g", "c", "r", "O")]
internal sealed record ListStatusMessage : WireMessage
{
    [JsonPropertyName("e")]
    public string? Event { get; init; }

    [JsonPropertyName("s")]
    public string Symbol { get; init; } = "";

    [JsonPropertyName("l")]
    public string? StatusType { get; init; }

    [JsonPropertyName("L")]
    public string? OrderStatus { get; init; }

    [JsonPropertyName("C")]
    public string? ClientId { get; init; }

    [JsonPropertyName("T")]
    public long Time { get; init; }
}
