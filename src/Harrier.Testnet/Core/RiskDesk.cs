using System.Globalization;

namespace Harrier.Testnet.Core;

/// <summary>
/// Funding, liquidation and settlement of linear contracts. A liquidated position is closed in the book at any price; what the book does
/// not take goes to the insurance account at the mark price, which also pays what the margin does not cover. There is no liquidation fee.
/// </summary>
internal sealed class RiskDesk(FillBooking booking, OrderDesk desk, OrderRegistry registry, VenueAccounts venue)
{
    private long _liquidations;

    /// <summary>Pays funding to or from everyone with a position.</summary>
    public void Fund(ListedInstrument instrument, IEnumerable<ExchangeAccount> accounts)
    {
        foreach (ExchangeAccount account in accounts)
        {
            ExchangePosition? position = account.AllPositions[instrument.Index];
            if (position is { Quantity: not 0 })
            {
                decimal paid = decimal.Round(position.Notional * instrument.FundingRate, 8);
                booking.Move(account, venue.Clearing, instrument.QuoteAsset, paid);
                booking.Touch(position);
            }
        }
    }

    /// <summary>Closes the positions of an account that lack margin.</summary>
    /// <returns>The instruments traded.</returns>
    public List<ListedInstrument> Liquidate(ExchangeAccount account)
    {
        List<ListedInstrument> traded = [];
        if (account.IsHouse)
        {
            return traded;
        }

        foreach (ExchangePosition? position in account.AllPositions.ToArray())
        {
            if (position is null || position.Quantity == 0 || !Lacks(position))
            {
                continue;
            }

            traded.AddRange(position.Isolated ? [position.Instrument] : CrossInstruments(account, position.Instrument.QuoteAsset));
            if (position.Isolated)
            {
                Close(position);
            }
            else
            {
                CloseCross(account, position.Instrument.QuoteAsset);
            }
        }

        return traded;
    }

    /// <summary>Closes every position of a delisted instrument at the mark price.</summary>
    public void Settle(ListedInstrument instrument, IEnumerable<ExchangeAccount> accounts)
    {
        foreach (ExchangeAccount account in accounts)
        {
            if (account.AllPositions[instrument.Index] is { Quantity: not 0 } position)
            {
                booking.MovePosition(position, -position.Quantity, instrument.MarkPrice);
            }
        }
    }

    private static bool Lacks(ExchangePosition position)
    {
        if (position.Isolated)
        {
            return position.IsolatedMargin + position.UnrealizedPnl <= position.MaintenanceMargin;
        }

        MarginSummary margin = MarginRules.Summary(position.Account, position.Instrument.QuoteAsset);
        return margin.CrossEquity <= margin.CrossMaintenance;
    }

    private static List<ListedInstrument> CrossInstruments(ExchangeAccount account, int asset) =>
        [.. account.AllPositions.ToArray().Where(p => p is { Quantity: not 0, Isolated: false } && p.Instrument.QuoteAsset == asset).Select(p => p!.Instrument)];

    private void CloseCross(ExchangeAccount account, int asset)
    {
        foreach (ListedInstrument instrument in CrossInstruments(account, asset))
        {
            Close(account.Position(instrument));
        }

        decimal wallet = MarginRules.Summary(account, asset).CrossWallet;
        if (wallet < 0)
        {
            booking.Compensate(account, asset, -wallet);
        }
    }

    private void Close(ExchangePosition position)
    {
        (ExchangeAccount account, ListedInstrument instrument) = (position.Account, position.Instrument);
        foreach (ExchangeOrder open in account.Open.Values.Where(o => o.Instrument == instrument && !o.IsConditional).OrderBy(o => o.Id).ToList())
        {
            registry.End(open, ExchangeOrderStatus.Expired, OrderEventKind.Expired, ExpiryReasons.Exchange);
        }

        decimal margin = position.IsolatedMargin;
        bool isIsolated = position.Isolated;
        decimal before = account.FreeOf(instrument.QuoteAsset);
        desk.Force(account, instrument, ClosingOrder(position));
        if (position.Quantity != 0)
        {
            ExchangeOrder rest = new(registry.NextId(), account, instrument, ClosingOrder(position)) { IsWorking = true, IsLiquidation = true };
            registry.Enter(rest, OrderEventKind.Liquidation);
            registry.StartWorking(rest);
            booking.TakeOver(rest, instrument.MarkPrice);
        }

        // An isolated position can lose its margin and no more.
        decimal lost = before - account.FreeOf(instrument.QuoteAsset);
        if (isIsolated && lost > margin)
        {
            booking.Compensate(account, instrument.QuoteAsset, lost - margin);
        }
    }

    private NewOrder ClosingOrder(ExchangePosition position) => new()
    {
        Symbol = position.Instrument.Symbol,
        IsSell = position.Quantity > 0,
        Type = ExchangeOrderType.Market,
        Quantity = Math.Abs(position.Quantity),
        ClientId = string.Create(CultureInfo.InvariantCulture, $"autoclose-{registry.Now.UnixMilliseconds}{++_liquidations:D6}"),
        ReduceOnly = true,
    };
}
