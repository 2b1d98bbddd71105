using System.Collections.Frozen;
using System.Globalization;
using Harrier.Testnet.Core;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Hosting.Admin;

/// <summary>What an operator can do with markets and the money in them, as <c>POST /market</c> takes it.</summary>
/// <param name="markets">All markets.</param>
/// <param name="control">Moves and halts them.</param>
internal sealed class MarketActions(IReadOnlyList<HostedMarket> markets, MarketControl control)
{
    private const decimal Largest = 1_000_000_000_000;
    private const decimal LongestMs = 86_400_000;

    private static readonly FrozenDictionary<string, MarketActionKind> _kinds = new Dictionary<string, MarketActionKind>(StringComparer.Ordinal)
    {
        ["pause"] = MarketActionKind.Pause,
        ["resume"] = MarketActionKind.Resume,
        ["crash"] = MarketActionKind.Crash,
        ["spike"] = MarketActionKind.Spike,
        ["trend"] = MarketActionKind.Trend,
        ["move"] = MarketActionKind.Move,
        ["wall"] = MarketActionKind.Wall,
        ["drain"] = MarketActionKind.Drain,
        ["halt"] = MarketActionKind.Halt,
        ["cancel-only"] = MarketActionKind.CancelOnly,
        ["reopen"] = MarketActionKind.Reopen,
        ["delist"] = MarketActionKind.Delist,
        ["tick"] = MarketActionKind.Tick,
        ["funding"] = MarketActionKind.Funding,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] _ownActions = ["index", "liquidate", "deposit", "withdraw", "limits-reset", "restart"];

    /// <summary>Does what a request says.</summary>
    /// <exception cref="AdminRequestException">It says nothing that can be done.</exception>
    public void Do(ReadOnlyMemory<byte> body)
    {
        AdminBody request = AdminBody.Read(body, "action", "venue", "symbol", "value", "price", "side", "lengthMs", "account", "asset", "amount");
        string action = request.Required("action");
        List<HostedMarket> chosen = Chosen(request.Text("venue") ?? "");
        if (_kinds.TryGetValue(action, out MarketActionKind kind))
        {
            Control(kind, request, chosen);
            return;
        }

        if (!_ownActions.Contains(action, StringComparer.Ordinal))
        {
            throw AdminRequestException.Invalid("action", action, "one of " + string.Join(", ", _kinds.Keys.Concat(_ownActions).Order(StringComparer.Ordinal)));
        }

        bool isDone = false;
        bool isPayment = action is "deposit" or "withdraw";
        foreach (HostedMarket market in chosen.Where(m => !isPayment || !SharesWallets(m, chosen)))
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
        ExchangeCore core = market.Facts.Core;
        switch (action)
        {
            case "limits-reset":
                market.FrontEnd.Limits.Pardon();
                return true;
            case "restart":
                return market.FrontEnd.Restart();
            case "deposit" or "withdraw":
                return Transfer(action == "withdraw", market, request);
            default:
                return core.Kind == MarketKind.Linear && core.Find(request.Required("symbol")) is { } instrument
                    && (action == "index" ? SetIndex(core, instrument, request) : Liquidate(core, instrument, request));
        }
    }

    // One wallet behind two markets is paid once.
    private static bool SharesWallets(HostedMarket market, List<HostedMarket> chosen) => chosen.Any(c => c.Facts.Core == market.Facts.Core.Options.SharesWalletsOf);

    private static AdminRequestException Absent(string name) => AdminRequestException.Invalid(name, "absent", "a number");

    private static bool SetIndex(ExchangeCore core, ListedInstrument instrument, AdminBody request)
    {
        core.SetIndexPrice(instrument.Symbol, request.Number("value", 0, Largest) ?? throw Absent("value"));
        return true;
    }

    /// <summary>Moves the index price past the account's liquidation price for one step, so that every position in danger there is closed.</summary>
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
        core.HastenMark(instrument.Symbol);
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
            throw AdminRequestException.Invalid("amount", amount.ToString(CultureInfo.InvariantCulture), "at most what the account has free");
        }

        market.FrontEnd.OnTransfer(account, asset, signed);
        return true;
    }

    private void Control(MarketActionKind kind, AdminBody request, List<HostedMarket> chosen)
    {
        string side = request.Text("side") ?? "buy";
        if (side is not ("buy" or "sell"))
        {
            throw AdminRequestException.Invalid("side", side, "buy or sell");
        }

        MarketAction action = new()
        {
            Kind = kind,
            Symbol = request.Text("symbol"),
            Markets = [.. chosen.Select(m => m.Facts.Core)],
            Value = request.Number("value", -Largest, Largest),
            Price = request.Number("price", 0, Largest),
            IsSell = side == "sell",
            Length = request.Number("lengthMs", 1, LongestMs) is { } length ? TimeSpan.FromMilliseconds((double)length) : null,
        };
        if (control.Apply(action) is { } refused)
        {
            throw new AdminRequestException(400, "invalid request", refused);
        }
    }

    private List<HostedMarket> Chosen(string venue)
    {
        List<HostedMarket> chosen = [.. markets.Where(m => m.FrontEnd.Venue.StartsWith(venue, StringComparison.OrdinalIgnoreCase))];
        return chosen.Count > 0 ? chosen : throw AdminRequestException.Invalid("venue", venue, "one of " + string.Join(", ", markets.Select(m => m.FrontEnd.Venue)));
    }
}
