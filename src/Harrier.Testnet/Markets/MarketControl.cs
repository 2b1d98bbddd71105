using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>Does what an operator asks for to the markets of an exchange.</summary>
/// <param name="cores">The exchange's cores.</param>
/// <param name="driver">What moves them; prices can be moved only when it is a <see cref="SyntheticOrderFlow"/>.</param>
public sealed class MarketControl(IReadOnlyList<ExchangeCore> cores, IMarketDriver driver)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Does an action; takes the gates itself.</summary>
    /// <returns>Null when it was done, else why not.</returns>
    public string? Apply(MarketAction action)
    {
        if (action.Symbol is { } symbol && !cores.Any(core => core.Find(symbol) is not null))
        {
            return $"symbol: {symbol}: not listed";
        }

        switch (action.Kind)
        {
            case MarketActionKind.Pause or MarketActionKind.Resume:
                driver.IsPaused = action.Kind == MarketActionKind.Pause;
                return null;
            case MarketActionKind.Halt or MarketActionKind.CancelOnly or MarketActionKind.Reopen or MarketActionKind.Delist:
                return SetStatus(action);
            case MarketActionKind.Tick:
                return SetTick(action);
            case MarketActionKind.Funding:
                return Fund(action);
            default:
                return driver is SyntheticOrderFlow flow ? Move(flow, action) : $"action: {action.Kind}: a replayed market moves only as recorded";
        }
    }

    private static string? Move(SyntheticOrderFlow flow, MarketAction action) => action.Kind switch
    {
        MarketActionKind.Crash => Shift(flow, action, -(action.Value ?? 10)),
        MarketActionKind.Spike => Shift(flow, action, action.Value ?? 10),
        MarketActionKind.Trend => Trend(flow, action),
        MarketActionKind.Move => MoveTo(flow, action),
        MarketActionKind.Wall => Wall(flow, action),
        _ => Drain(flow, action),
    };

    private static string? Shift(SyntheticOrderFlow flow, MarketAction action, decimal percent)
    {
        if (percent is <= -100 or > 1000)
        {
            return $"value: {percent}: a fall below 100 percent, a rise up to 1000";
        }

        foreach (PriceShift shift in Shifts(flow, action))
        {
            shift.Move(Math.Log(1 + ((double)percent / 100)), action.Length ?? Second);
        }

        return null;
    }

    private static string? Trend(SyntheticOrderFlow flow, MarketAction action)
    {
        decimal percent = action.Value ?? 1;
        if (Math.Abs(percent) > 50)
        {
            return $"value: {percent}: at most 50 percent a minute";
        }

        foreach (PriceShift shift in Shifts(flow, action))
        {
            shift.Trend(Math.Log(1 + ((double)percent / 100)), action.Length ?? Minute);
        }

        return null;
    }

    private static string? MoveTo(SyntheticOrderFlow flow, MarketAction action)
    {
        if (action.Symbol is null || action.Value is not > 0)
        {
            return "value: a move needs a symbol and a price above 0";
        }

        foreach (SymbolFlow symbol in flow.Flows(action.Symbol))
        {
            symbol.Shift.MoveTo(Math.Log((double)action.Value.Value / flow.LatentPrice(symbol)), action.Length ?? Second);
        }

        return null;
    }

    private static string? Wall(SyntheticOrderFlow flow, MarketAction action)
    {
        foreach (SymbolFlow symbol in Selected(flow, action))
        {
            lock (symbol.Core.Gate)
            {
                decimal best = action.IsSell ? symbol.Instrument.Book.BestAsk : symbol.Instrument.Book.BestBid;
                decimal price = action.Price ?? best * (action.IsSell ? 1.001m : 0.999m);
                symbol.Wall(action.IsSell, price, (double)(action.Value ?? 15), action.Length ?? Minute);
            }
        }

        return null;
    }

    private static string? Drain(SyntheticOrderFlow flow, MarketAction action)
    {
        foreach (SymbolFlow symbol in Selected(flow, action))
        {
            lock (symbol.Core.Gate)
            {
                symbol.Drain(action.IsSell, action.Length ?? (5 * Second));
            }
        }

        return null;
    }

    private static IEnumerable<PriceShift> Shifts(SyntheticOrderFlow flow, MarketAction action) => flow.Flows(action.Symbol).Select(symbol => symbol.Shift).Distinct();

    private static IEnumerable<SymbolFlow> Selected(SyntheticOrderFlow flow, MarketAction action) =>
        flow.Flows(action.Symbol).Where(symbol => action.Markets is null || action.Markets.Contains(symbol.Core));

    private string? SetStatus(MarketAction action)
    {
        if (action is { Kind: MarketActionKind.Delist, Symbol: null })
        {
            return "symbol: a delisting needs one";
        }

        ListingStatus status = action.Kind switch
        {
            MarketActionKind.Halt => ListingStatus.Halted,
            MarketActionKind.CancelOnly => ListingStatus.CancelOnly,
            MarketActionKind.Delist => ListingStatus.Delisted,
            _ => ListingStatus.Trading,
        };
        ForEach(action, (core, instrument) =>
        {
            // A delisted instrument has settled its positions: it cannot come back.
            if (instrument.Status != ListingStatus.Delisted)
            {
                core.SetStatus(instrument.Symbol, status);
            }
        });
        return null;
    }

    private string? SetTick(MarketAction action)
    {
        if (action.Symbol is null || action.Value is not > 0)
        {
            return "value: a tick change needs a symbol and a tick above 0";
        }

        ForEach(action, (core, instrument) => core.SetTickSize(instrument.Symbol, action.Value.Value));
        return null;
    }

    private string? Fund(MarketAction action)
    {
        int contracts = 0;
        ForEach(action, (core, instrument) =>
        {
            if (core.Kind != MarketKind.Linear)
            {
                return;
            }

            contracts++;
            if (action.Value is { } rate)
            {
                core.SetFundingRate(instrument.Symbol, rate);
                instrument.FundingRate = rate;
            }

            // Paid by the next beat of the core's own clock.
            instrument.NextFunding = core.Now;
        });
        return contracts > 0 ? null : "action: Funding: there is no such contract";
    }

    private void ForEach(MarketAction action, Action<ExchangeCore, ListedInstrument> act)
    {
        foreach (ExchangeCore core in cores.Where(core => action.Markets is null || action.Markets.Contains(core)))
        {
            lock (core.Gate)
            {
                foreach (ListedInstrument instrument in core.Listings.Where(instrument => action.Symbol is null || instrument.Symbol == action.Symbol))
                {
                    act(core, instrument);
                }
            }
        }
    }
}
