using Harrier.Domain;

namespace Harrier.Storage.Records.Rows;

/// <summary>An order and what became of it. Prices in quote currency, quantities in base currency.</summary>
public sealed record OrderRow
{
    /// <summary>The account.</summary>
    public string Account { get; init; } = "";

    /// <summary>Our id; an order that a gate refused never got one, and has <c>denied-</c>, bot, rule, symbol and minute.</summary>
    public required string Id { get; init; }

    /// <summary>The venue's id; null where none is known, as on paper.</summary>
    public string? VenueId { get; init; }

    /// <summary>The bot.</summary>
    public required string Bot { get; init; }

    /// <summary>What was to be traded.</summary>
    public required string Symbol { get; init; }

    /// <summary>When it was sent, or refused by a gate.</summary>
    public Timestamp Time { get; init; }

    /// <summary><c>buy</c> or <c>sell</c>.</summary>
    public required string Side { get; init; }

    /// <summary><c>market</c>, <c>limit</c>, <c>stop</c>, ...</summary>
    public required string Type { get; init; }

    /// <summary>How much was asked for.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Limit; null for a type without one.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Trigger; null for a type without one.</summary>
    public decimal? TriggerPrice { get; init; }

    /// <summary>Distance of a trailing stop from the best price; null for any other type.</summary>
    public decimal? TrailingDistance { get; init; }

    /// <summary>True when it may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Why it was placed: <c>signal</c>, <c>stop_loss</c>, ...</summary>
    public required string Purpose { get; init; }

    /// <summary>How it stands; see <see cref="OrderStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>How much traded.</summary>
    public decimal Filled { get; init; }

    /// <summary>Average price of what traded; null while nothing did.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>When the status, or what traded, changed last.</summary>
    public Timestamp ChangedAt { get; init; }

    /// <summary>Why a gate denied it, with rule, value and limit, or why the venue rejected it; null when neither did.</summary>
    public string? Reason { get; init; }
}
