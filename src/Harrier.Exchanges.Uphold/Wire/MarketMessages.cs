using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Uphold.Wire;

/// <summary>Prices of a pair; indicative.</summary>
internal sealed record TickerMessage : UpholdMessage
{
    public decimal Ask { get; set; }

    public decimal Bid { get; set; }

    /// <summary>What the prices are in.</summary>
    public string Currency { get; set; } = "";

    /// <summary>Both codes without anything between them; absent where one pair was asked for.</summary>
    public string? Pair { get; set; }
}

/// <summary>An asset.</summary>
[Ignores("symbol")]
internal sealed record AssetMessage : UpholdMessage
{
    public string Code { get; set; } = "";

    public FormattingMessage? Formatting { get; set; }

    public string? Name { get; set; }

    public string Status { get; set; } = "";

    public string Type { get; set; } = "";

    public override IEnumerable<UpholdMessage> Parts() => [this, .. Formatting?.Parts() ?? []];
}

/// <summary>How amounts of an asset are shown.</summary>
[Ignores("decimal", "format", "grouping")]
internal sealed record FormattingMessage : UpholdMessage
{
    public int Precision { get; set; }
}
