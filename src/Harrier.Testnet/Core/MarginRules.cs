namespace Harrier.Testnet.Core;

/// <summary>
/// Margin of linear contracts. Liquidation price: wallet + q (P - E) = |q| P m solved for P, with the other positions' profit and
/// maintenance margin as part of the wallet (the cross-margin formula of Binance and Bybit, without tier deductions).
/// </summary>
internal static class MarginRules
{
    public static MarginSummary Summary(ExchangeAccount account, int asset)
    {
        decimal wallet = account.FreeOf(asset) + account.LockedOf(asset);
        (decimal unrealized, decimal positions, decimal orders, decimal maintenance) = (0, 0, 0, 0);
        (decimal crossProfit, decimal crossMargin, decimal crossMaintenance, decimal isolated) = (0, 0, 0, 0);
        foreach (ExchangePosition? position in account.AllPositions)
        {
            if (position is null || position.Instrument.QuoteAsset != asset || position.Instrument.Kind != MarketKind.Linear)
            {
                continue;
            }

            decimal needed = position.InitialMargin;
            decimal more = OrderMargin(position);
            orders += more;
            positions += needed;
            crossMargin += more;
            maintenance += position.MaintenanceMargin;
            unrealized += position.UnrealizedPnl;
            if (position.Isolated)
            {
                isolated += position.IsolatedMargin;
            }
            else
            {
                crossMargin += needed;
                crossProfit += position.UnrealizedPnl;
                crossMaintenance += position.MaintenanceMargin;
            }
        }

        decimal crossWallet = wallet - isolated;
        return new MarginSummary(wallet, unrealized, positions, orders, maintenance)
        {
            Available = Math.Max(0, crossWallet + crossProfit - crossMargin - account.LockedOf(asset)),
            CrossEquity = crossWallet + crossProfit,
            CrossMaintenance = crossMaintenance,
            CrossWallet = crossWallet,
        };
    }

    /// <summary>What the open orders of an instrument need on top of its position: the worse side counts, as only one of them can fill.</summary>
    public static decimal OrderMargin(ExchangePosition position) =>
        Math.Max(0, NeededNotional(position, position.OpenBuys, position.OpenSells) - Math.Abs(position.Notional)) / position.Leverage;

    /// <summary>Margin that one more order would need on top of what is needed already.</summary>
    public static decimal Additional(ExchangePosition position, bool isSell, decimal notional)
    {
        decimal before = NeededNotional(position, position.OpenBuys, position.OpenSells);
        decimal after = isSell
            ? NeededNotional(position, position.OpenBuys, position.OpenSells + notional)
            : NeededNotional(position, position.OpenBuys + notional, position.OpenSells);
        return (after - before) / position.Leverage;
    }

    public static decimal LiquidationPrice(ExchangePosition position)
    {
        if (position.Quantity == 0)
        {
            return 0;
        }

        decimal collateral = position.IsolatedMargin;
        if (!position.Isolated)
        {
            MarginSummary all = Summary(position.Account, position.Instrument.QuoteAsset);
            collateral = all.CrossEquity - position.UnrealizedPnl - (all.CrossMaintenance - position.MaintenanceMargin);
        }

        decimal slope = position.Quantity - (Math.Abs(position.Quantity) * position.MaintenanceRate);
        decimal price = (position.EntryValue - collateral) / slope;
        return Math.Max(0, price);
    }

    private static decimal NeededNotional(ExchangePosition position, decimal buys, decimal sells)
    {
        decimal held = position.Notional;
        return Math.Max(Math.Abs(held), Math.Max(Math.Abs(held + buys), Math.Abs(held - sells)));
    }
}
