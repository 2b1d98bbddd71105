using Harrier.Domain;

namespace Harrier.Exchanges.Trading;

/// <summary>What an account holds of an asset.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Free">What may be spent or used as margin.</param>
/// <param name="Locked">What orders and positions hold back.</param>
/// <param name="Total">Everything; for a margin account the wallet without unrealized profit, so that it may differ from the sum of the others.</param>
public readonly record struct AssetBalance(Asset Asset, decimal Free, decimal Locked, decimal Total);

/// <summary>A position in a contract.</summary>
public sealed record VenuePosition
{
    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Which position of a hedge-mode account.</summary>
    public required PositionSide Side { get; init; }

    /// <summary>Size in base currency, below 0 for short.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Average entry price.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>Mark price when it was told.</summary>
    public decimal? MarkPrice { get; init; }

    /// <summary>Price at which the venue closes it; null when there is none.</summary>
    public decimal? LiquidationPrice { get; init; }

    /// <summary>Profit at the mark price.</summary>
    public decimal? UnrealizedPnl { get; init; }

    /// <summary>Value at the mark price, signed.</summary>
    public decimal? Notional { get; init; }

    /// <summary>Leverage; null when the message does not say.</summary>
    public int? Leverage { get; init; }

    /// <summary>True when it has margin of its own; null when the message does not say.</summary>
    public bool? IsIsolated { get; init; }

    /// <summary>When it last changed.</summary>
    public Timestamp? Updated { get; init; }
}

/// <summary>An account at one moment.</summary>
/// <param name="Balances">Balances that are not zero.</param>
/// <param name="CanTrade">False when the venue suspended trading; null when it does not say.</param>
/// <param name="IsHedgeMode">True when long and short positions are kept apart.</param>
/// <param name="Updated">When the account last changed.</param>
public sealed record AccountSnapshot(IReadOnlyList<AssetBalance> Balances, bool? CanTrade, bool IsHedgeMode, Timestamp? Updated)
{
    /// <summary>The cards that the balances lie on; empty where the venue has none.</summary>
    public IReadOnlyList<BalanceCard> Cards { get; init; } = [];
}

/// <summary>A part of what an account holds of an asset, with an id of its own.</summary>
/// <param name="Id">The venue's id.</param>
/// <param name="Label">The owner's name for it.</param>
/// <param name="Balance">What is on it.</param>
public sealed record BalanceCard(string Id, string Label, AssetBalance Balance);

/// <summary>What trading a symbol costs, as fractions of the value; below 0 for a rebate.</summary>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="Maker">For orders that rest.</param>
/// <param name="Taker">For orders that take.</param>
public sealed record FeeRates(string Symbol, decimal Maker, decimal Taker)
{
    /// <summary>Asset that fees may be paid in at a discount; null when there is none or it is off.</summary>
    public Asset? DiscountAsset { get; init; }

    /// <summary>What remains of the fee when paid so, as a factor: 0.75 is a quarter off.</summary>
    public decimal DiscountFactor { get; init; } = 1;
}

/// <summary>What a key may do.</summary>
/// <param name="CanTrade">Place and cancel orders in this market.</param>
/// <param name="CanWithdraw">Move money out of the venue: a bot's key should not be able to.</param>
/// <param name="IsIpRestricted">Works from named addresses only.</param>
public sealed record KeyPermissions(bool CanTrade, bool CanWithdraw, bool IsIpRestricted)
{
    /// <summary>Read the account.</summary>
    public bool CanRead { get; init; } = true;

    /// <summary>Move money between accounts of the venue.</summary>
    public bool CanTransfer { get; init; }

    /// <summary>How long the key still lives; null when it does not end by itself, or the venue does not say.</summary>
    public TimeSpan? EndsIn { get; init; }

    /// <summary>What an owner should be told before a bot uses the key, one sentence each.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            List<string> warnings = [];
            if (CanWithdraw)
            {
                warnings.Add("this key may withdraw money: a bot never needs that, make a key without it");
            }

            if (!IsIpRestricted)
            {
                warnings.Add("this key works from any address: restrict it to the addresses of your own machines");
            }

            if (EndsIn is { } left)
            {
                warnings.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"this key ends in {left.TotalDays:0} days: one that is restricted to addresses lives on"));
            }

            if (!CanTrade)
            {
                warnings.Add("this key may not trade in this market: orders will be refused");
            }

            return warnings;
        }
    }
}

/// <summary>Mark price and funding of a perpetual contract.</summary>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="MarkPrice">Mark price.</param>
/// <param name="IndexPrice">Price of the index; null when it is not told.</param>
/// <param name="Rate">Rate of the next payment as a fraction; null before the first.</param>
/// <param name="NextTime">When it is paid.</param>
public sealed record FundingTerms(string Symbol, decimal MarkPrice, decimal? IndexPrice, decimal? Rate, Timestamp NextTime)
{
    /// <summary>When this was so.</summary>
    public Timestamp? Time { get; init; }
}

/// <summary>Funding that an account paid or received.</summary>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="Id">The venue's id of the payment.</param>
/// <param name="Amount">What was received; below 0 when it was paid.</param>
/// <param name="Time">When.</param>
public sealed record FundingPayment(string Symbol, VenueTradeId Id, Money Amount, Timestamp Time);

/// <summary>A funding payment of the past.</summary>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="Time">When it was due.</param>
/// <param name="Rate">Longs paid shorts this fraction of the value; below 0 the other way.</param>
/// <param name="MarkPrice">Mark price then; null when it is not told.</param>
public sealed record FundingRate(string Symbol, Timestamp Time, decimal Rate, decimal? MarkPrice);
