using Harrier.Testnet.Core;

namespace Harrier.Testnet.Hosting.Admin;

/// <summary>What an operator can do with markets and the money in them.</summary>
/// <param name="markets">All markets.</param>
internal sealed class MarketActions(IReadOnlyList<HostedMarket> markets)
{
    private const decimal Largest = 1_000_000_000_000;

    private static readonly string[] _actions =
        ["halt", "resume", "cancel-only", "delist", "tick", "index", "funding", "deposit", "withdraw", "liquidate", "limits-reset"];

    /// <summary>Does what a request says.</summary>
    /// <exception cref="AdminRequestException">It says nothing that can be done.</exception>
    public void Do(ReadOnlyMemory<byte> body)
    {
        AdminBody request = AdminBody.Read(body, "action", "venue", "symbol", "account", "asset", "amount", "tick", "price", "rate");
        string action = request.Required("action");
        if (!_actions.Contains(action, StringComparer.Ordinal))
        {
            throw AdminRequestException.Invalid("action", action, "one of " + string.Join(", ", _actions));
        }

        string venue = request.Text("venue") ?? "";
        List<HostedMarket> chosen = [.. markets.Where(m => m.FrontEnd.Venue.StartsWith(venue, StringComparison.OrdinalIgnoreCase))];
        if (chosen.Count == 0)
        {
            throw AdminRequestException.Invalid("venue", venue, "one of " + string.Join(", ", markets.Select(m => m.FrontEnd.Venue)));
        }

        bool isDone = false;
        foreach (HostedMarket market in chosen)
        {
            lock (market.Facts.Core.Gate)
            {
                isDone |= Do(action, market, request);
            }
        }

        if (!isDone)
        {
            throw AdminRequestException.Invalid("action", action, "a symbol, account and venue to which it applies");
        }
    }

    private static bool Do(string action, HostedMarket market, AdminBody request)
    {
        switch (action)
        {
            case "limits-reset":
                market.FrontEnd.Limits.Pardon();
                return true;
            case "deposit" or "withdraw":
                return Transfer(action == "withdraw", market, request);
            default:
                return market.Facts.Core.Find(request.Required("symbol")) is { } instrument && Do(action, market.Facts.Core, instrument, request);
        }
    }

    private static bool Do(string action, ExchangeCore core, ListedInstrument instrument, AdminBody request)
    {
        switch (action)
        {
            case "halt":
                core.SetStatus(instrument.Symbol, ListingStatus.Halted);
                return true;
            case "resume":
                core.SetStatus(instrument.Symbol, ListingStatus.Trading);
                return true;
            case "cancel-only":
                core.SetStatus(instrument.Symbol, ListingStatus.CancelOnly);
                return true;
            case "delist":
                core.SetStatus(instrument.Symbol, ListingStatus.Delisted);
                return true;
            case "tick":
                core.SetTickSize(instrument.Symbol, request.Number("tick", 0.0000000001m, 1000) ?? throw Absent("tick"));
                return true;
            case "index" when core.Kind == MarketKind.Linear:
                core.SetIndexPrice(instrument.Symbol, request.Number("price", 0, Largest) ?? throw Absent("price"));
                return true;
            case "funding" when core.Kind == MarketKind.Linear:
                core.SetFundingRate(instrument.Symbol, request.Number("rate", -0.03m, 0.03m));
                return true;
            case "liquidate" when core.Kind == MarketKind.Linear:
                return Liquidate(core, instrument, request);
            default:
                return false;
        }
    }

    private static AdminRequestException Absent(string name) => AdminRequestException.Invalid(name, "absent", "a number");

    /// <summary>Moves the index price past the account's liquidation price and back, so that only positions in danger are closed.</summary>
    private static bool Liquidate(ExchangeCore core, ListedInstrument instrument, AdminBody request)
    {
        if (core.ByName(request.Required("account")) is not { } account || account.Position(instrument) is not { Quantity: not 0 } position)
        {
            return false;
        }

        decimal beyond = position.LiquidationPrice * (position.Quantity > 0 ? 0.99m : 1.01m);
        if (beyond <= 0)
        {
            return false;
        }

        core.SetIndexPrice(instrument.Symbol, beyond);
        core.Advance();
        core.SetIndexPrice(instrument.Symbol, 0);
        return true;
    }

    private static bool Transfer(bool isOut, HostedMarket market, AdminBody request)
    {
        ExchangeCore core = market.Facts.Core;
        if (core.ByName(request.Required("account")) is not { } account)
        {
            return false;
        }

        string asset = request.Required("asset");
        decimal amount = request.Number("amount", 0.00000001m, Largest) ?? throw Absent("amount");
        decimal signed = isOut ? -amount : amount;
        if (!core.Transfer(account, asset, signed))
        {
            throw AdminRequestException.Invalid("amount", amount.ToString(System.Globalization.CultureInfo.InvariantCulture), "at most what the account has free");
        }

        market.FrontEnd.OnTransfer(account, asset, signed);
        return true;
    }
}
