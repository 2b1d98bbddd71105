namespace Harrier.Testnet.Core;

/// <summary>An account's position in a linear contract, and what it has open in the instrument. Amounts in the quote asset.</summary>
public sealed class ExchangePosition
{
    internal ExchangePosition(ExchangeAccount account, ListedInstrument instrument, int leverage, decimal maintenanceRate)
    {
        (Account, Instrument, Leverage, MaintenanceRate) = (account, instrument, Math.Min(leverage, instrument.MaxLeverage), maintenanceRate);
    }

    /// <summary>Whose.</summary>
    public ExchangeAccount Account { get; }

    /// <summary>In what.</summary>
    public ListedInstrument Instrument { get; }

    /// <summary>Amount of the base asset, negative when short.</summary>
    public decimal Quantity { get; internal set; }

    /// <summary>Average price at which it was opened; 0 without position.</summary>
    public decimal EntryPrice => Quantity == 0 ? 0 : EntryValue / Quantity;

    /// <summary>Sum of all profits taken, without fees and funding.</summary>
    public decimal RealizedPnl { get; internal set; }

    /// <summary>Notional over initial margin.</summary>
    public int Leverage { get; internal set; }

    /// <summary>True when it has margin of its own, false when it shares the wallet.</summary>
    public bool Isolated { get; internal set; }

    /// <summary>Margin set aside for an isolated position.</summary>
    public decimal IsolatedMargin { get; internal set; }

    /// <summary>When position or settings changed last.</summary>
    public Domain.Timestamp Updated { get; internal set; }

    /// <summary>Profit of closing it at the mark price.</summary>
    public decimal UnrealizedPnl => UnrealizedAt(Instrument.MarkPrice);

    /// <summary>Value at the mark price, signed.</summary>
    public decimal Notional => Quantity * Instrument.MarkPrice;

    /// <summary>Margin the position needs: notional over leverage.</summary>
    public decimal InitialMargin => Math.Abs(Notional) / Leverage;

    /// <summary>Margin below which it is liquidated.</summary>
    public decimal MaintenanceMargin => Math.Abs(Notional) * MaintenanceRate;

    /// <summary>Mark price at which it is liquidated, with everything else as it is; 0 when there is none.</summary>
    public decimal LiquidationPrice => MarginRules.LiquidationPrice(this);

    /// <summary>Profit of closing it at a price.</summary>
    public decimal UnrealizedAt(decimal price) => (Quantity * price) - EntryValue;

    internal decimal MaintenanceRate { get; }

    // Signed cost: what was paid for the quantity held.
    internal decimal EntryValue { get; set; }

    internal bool HasSettings { get; set; }

    internal int OpenCount { get; set; }

    internal int WaitingCount { get; set; }

    internal int ReduceOnlyCount { get; set; }

    internal decimal OpenBuys { get; set; }

    internal decimal OpenSells { get; set; }
}

/// <summary>Margin of the contracts settled in one asset.</summary>
/// <param name="Wallet">Deposits plus everything realized.</param>
/// <param name="Unrealized">Profit of all positions at the mark price.</param>
/// <param name="PositionMargin">Initial margin of the positions.</param>
/// <param name="OrderMargin">What open orders need on top.</param>
/// <param name="Maintenance">Maintenance margin of the positions.</param>
public readonly record struct MarginSummary(decimal Wallet, decimal Unrealized, decimal PositionMargin, decimal OrderMargin, decimal Maintenance)
{
    /// <summary>What can open new positions, never negative.</summary>
    public decimal Available { get; init; }

    /// <summary>What decides over liquidation: cross wallet and profit of the cross positions.</summary>
    public decimal CrossEquity { get; init; }

    /// <summary>Maintenance margin of the cross positions.</summary>
    public decimal CrossMaintenance { get; init; }

    /// <summary>Wallet without the margin of isolated positions.</summary>
    public decimal CrossWallet { get; init; }
}
