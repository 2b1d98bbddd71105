using System.Text.Json.Serialization;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Uphold.Wire;

/// <summary>A transaction: a quote until it is committed.</summary>
[Ignores("application", "message", "network", "normalized", "priority", "requirementsDetails")]
internal sealed record TransactionMessage : UpholdMessage
{
    [JsonRequired]
    public string Id { get; set; } = "";

    [JsonRequired]
    public string Status { get; set; } = "";

    public string Type { get; set; } = "";

    public string? CreatedAt { get; set; }

    public DenominationMessage? Denomination { get; set; }

    [JsonRequired]
    public EndpointMessage Origin { get; set; } = new();

    [JsonRequired]
    public EndpointMessage Destination { get; set; } = new();

    public List<FeeMessage> Fees { get; set; } = [];

    public ParamsMessage? Params { get; set; }

    public string? Reference { get; set; }

    /// <summary>What must be done before it can be committed; absent in general.</summary>
    public List<string>? Requirements { get; set; }

    public override IEnumerable<UpholdMessage> Parts() => [this, Origin, Destination, .. Fees, .. new UpholdMessage?[] { Denomination, Params }.OfType<UpholdMessage>()];
}

/// <summary>The amount that was asked for.</summary>
[Ignores("target")]
internal sealed record DenominationMessage : UpholdMessage
{
    public decimal Amount { get; set; }

    public string Currency { get; set; } = "";

    public string? Pair { get; set; }

    public decimal? Rate { get; set; }
}

/// <summary>Where value leaves or arrives.</summary>
[Ignores("address", "description", "isMember", "node", "sources", "username", "merchant", "AccountId", "accountId", "accountType")]
internal sealed record EndpointMessage : UpholdMessage
{
    [JsonPropertyName("CardId")]
    public string? CardId { get; set; }

    /// <summary>What leaves, fees included, or arrives, fees taken off.</summary>
    [JsonRequired]
    public decimal Amount { get; set; }

    /// <summary>The amount before commission and fees.</summary>
    public decimal? Base { get; set; }

    public decimal Commission { get; set; }

    public string Currency { get; set; } = "";

    public decimal Fee { get; set; }

    public decimal? Rate { get; set; }

    public string? Type { get; set; }
}

/// <summary>A fee contained in origin or destination.</summary>
internal sealed record FeeMessage : UpholdMessage
{
    public decimal Amount { get; set; }

    public string Currency { get; set; } = "";

    public decimal? Percentage { get; set; }

    public string? Target { get; set; }

    public string? Type { get; set; }
}

/// <summary>The terms of a quote.</summary>
[Ignores("progress", "redirect", "refunds", "txid")]
internal sealed record ParamsMessage : UpholdMessage
{
    public string? Currency { get; set; }

    public decimal? Margin { get; set; }

    public string? Pair { get; set; }

    public decimal? Rate { get; set; }

    /// <summary>How long the quote can be committed, in milliseconds.</summary>
    public long? Ttl { get; set; }

    public string? Type { get; set; }
}
