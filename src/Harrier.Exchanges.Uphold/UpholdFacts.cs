using Harrier.Domain;

namespace Harrier.Exchanges.Uphold;

/// <summary>Indicative prices of a pair.</summary>
/// <param name="Pair">Both codes without anything between, as the venue writes it: BTCUSD.</param>
/// <param name="Quote">What the prices are in.</param>
/// <param name="Bid">What the venue pays for one unit.</param>
/// <param name="Ask">What the venue asks for one unit.</param>
public sealed record UpholdTicker(string Pair, Asset Quote, decimal Bid, decimal Ask);

/// <summary>An asset of the venue.</summary>
/// <param name="Asset">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Precision">Decimals with which amounts are shown.</param>
/// <param name="Status">Whether it can be converted now: <c>open</c>, <c>extended</c> (at a wider spread), <c>closed</c> or <c>halted</c>.</param>
/// <param name="Type">Such as <c>cryptocurrency</c>, <c>stablecoin</c>, <c>fiat</c>, <c>equity</c>, <c>commodity</c>, <c>utility_token</c>.</param>
public sealed record UpholdAsset(Asset Asset, string Name, int Precision, string Status, string Type)
{
    /// <summary>True when it can be converted now.</summary>
    public bool IsTradable => Status is "open" or "extended";
}

/// <summary>A card: a balance in one asset. An account may have several of the same.</summary>
/// <param name="Id">The venue's id.</param>
/// <param name="Label">The owner's name for it.</param>
/// <param name="Balance">What is on it.</param>
/// <param name="Available">What can be spent of it.</param>
public sealed record UpholdCard(string Id, string Label, Money Balance, decimal Available)
{
    /// <summary>The balance in the owner's currency at the venue's price; null where it tells none.</summary>
    public Money? Normalized { get; init; }
}

/// <summary>Where value leaves or arrives.</summary>
/// <param name="CardId">The card; null for something that is none, or is not ours.</param>
/// <param name="Amount">What leaves, fees included, or arrives, fees taken off.</param>
/// <param name="Base">The amount before commission and fees.</param>
/// <param name="Commission">The venue's commission, in the same asset.</param>
/// <param name="Fee">Fees of a network, in the same asset.</param>
/// <param name="Rate">Units of this asset for one of the other.</param>
public sealed record UpholdLeg(string? CardId, Money Amount, decimal Base, decimal Commission, decimal Fee, decimal Rate);

/// <summary>How far a transaction is.</summary>
public enum UpholdStatus : byte
{
    /// <summary>A word nobody here knows: under way, as far as can be told.</summary>
    Unknown = 0,

    /// <summary>A quote that was not committed.</summary>
    Pending = 1,

    /// <summary>Committed, not finished.</summary>
    Processing = 2,

    /// <summary>The amounts moved.</summary>
    Completed = 3,

    /// <summary>Committed, and nothing moved.</summary>
    Failed = 4,

    /// <summary>Called off; nothing moved.</summary>
    Canceled = 5,
}

/// <summary>A transaction, or the quote that it begins as.</summary>
public sealed record UpholdTransaction
{
    /// <summary>The venue's id.</summary>
    public required VenueTradeId Id { get; init; }

    /// <summary>How far it is.</summary>
    public required UpholdStatus Status { get; init; }

    /// <summary>The same in the venue's word.</summary>
    public required string RawStatus { get; init; }

    /// <summary>What leaves.</summary>
    public required UpholdLeg Origin { get; init; }

    /// <summary>What arrives.</summary>
    public required UpholdLeg Destination { get; init; }

    /// <summary>The fees contained in both.</summary>
    public IReadOnlyList<Money> Fees { get; init; } = [];

    /// <summary>How long it can be committed, from its making; null where the venue does not say.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>When it was made, by the venue's clock; null where it cannot be read.</summary>
    public Timestamp? CreatedAt { get; init; }

    /// <summary>Our name of it; null for those of others.</summary>
    public string? Reference { get; init; }

    /// <summary>What its owner must do before it can be committed; empty in general.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];
}

/// <summary>The account's owner, as far as it matters here.</summary>
/// <param name="Status">The venue's word: <c>ok</c>, or why the account is limited.</param>
/// <param name="Currency">What the owner reckons in; null where none is said.</param>
/// <param name="WantsPassword">True when transfers must be confirmed with a one-time password; personal access tokens are exempt.</param>
public sealed record UpholdUser(string Status, Asset? Currency, bool WantsPassword);
