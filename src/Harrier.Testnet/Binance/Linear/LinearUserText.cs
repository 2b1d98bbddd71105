using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>A wallet that changed.</summary>
/// <param name="Asset">Its asset.</param>
/// <param name="Wallet">What it holds now.</param>
/// <param name="Change">By how much, leaving out profits and fees.</param>
internal readonly record struct LinearWalletChange(string Asset, decimal Wallet, decimal Change);

/// <summary>What an event tells of a conditional order beside the order.</summary>
/// <param name="State">Its state.</param>
/// <param name="TriggeredAt">When its trigger was reached.</param>
internal readonly record struct LinearAlgoState(string State, Timestamp TriggeredAt)
{
    /// <value>Why it was refused.</value>
    public string? Reason { get; init; }
}

/// <summary>The members of user data events after kind and times.</summary>
internal static class LinearUserText
{
    /// <summary>Something happened to an order.</summary>
    public static Utf8JsonWriter WriteOrder(Utf8JsonWriter json, ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill)
    {
        NewOrder terms = order.Terms;
        string type = LinearWords.PlainType(order);
        json.WriteStartObject("o"u8);
        json.WriteString("s"u8, order.Instrument.Symbol);
        json.WriteString("c"u8, order.OwnClientId);
        json.WriteString("S"u8, LinearWords.Side(terms.IsSell));
        json.WriteString("o"u8, type);
        json.WriteString("f"u8, LinearWords.TimeInForce(terms));
        json.WritePlain("q"u8, order.Quantity);
        json.WritePlain("p"u8, order.Price);
        json.WritePlain("ap"u8, Rounded(order.AveragePrice));
        json.WriteString("sp"u8, "0");
        json.WriteString("x"u8, ExecutionType(kind));
        json.WriteString("X"u8, kind == OrderEventKind.New || kind == OrderEventKind.Liquidation ? "NEW" : StatusAt(order, kind, fill));
        json.WriteNumber("i"u8, order.Id);
        json.WritePlain("l"u8, fill?.Quantity ?? 0);
        json.WritePlain("z"u8, ExecutedAt(order, fill));
        json.WritePlain("L"u8, fill?.Price ?? 0);
        json.WritePlain("n"u8, fill?.Fee ?? 0);
        json.WriteString("N"u8, fill?.FeeAsset ?? order.Instrument.Quote);
        json.WriteNumber("T"u8, (fill?.Time ?? order.Updated).UnixMilliseconds);
        json.WriteNumber("t"u8, fill?.TradeId ?? 0);
        WriteNotionals(json, order);
        json.WriteBoolean("m"u8, fill?.IsMaker ?? false);
        json.WriteBoolean("R"u8, terms.ReduceOnly);
        json.WriteString("wt"u8, "CONTRACT_PRICE");
        json.WriteString("ot"u8, type);
        json.WriteString("ps"u8, "BOTH");
        json.WriteBoolean("cp"u8, terms.ClosePosition);
        json.WritePlain("rp"u8, Rounded(fill?.RealizedPnl ?? 0));
        json.WriteBoolean("pP"u8, false);
        json.WriteNumber("si"u8, order.ParentConditionalId);
        json.WriteNumber("ss"u8, order.ParentConditionalId == 0 ? 0 : -1);
        if (order.ParentConditionalId != 0)
        {
            json.WriteString("st"u8, "ALGO_CONDITION");
        }

        json.WriteString("V"u8, LinearWords.SelfTrade(terms.Stp));
        json.WriteString("pm"u8, "NONE");
        json.WriteNumber("gtd"u8, terms.GoodTill.UnixMilliseconds);
        json.WriteString("er"u8, "0");
        json.WriteEndObject();
        return json;
    }

    /// <summary>A fill, in short.</summary>
    public static Utf8JsonWriter WriteTradeLite(Utf8JsonWriter json, ExchangeFill fill)
    {
        json.WriteString("s"u8, fill.Order.Instrument.Symbol);
        json.WritePlain("q"u8, fill.Order.Quantity);
        json.WritePlain("p"u8, fill.Order.Price);
        json.WriteBoolean("m"u8, fill.IsMaker);
        json.WriteString("c"u8, fill.Order.OwnClientId);
        json.WriteString("S"u8, LinearWords.Side(fill.Order.Terms.IsSell));
        json.WritePlain("L"u8, fill.Price);
        json.WritePlain("l"u8, fill.Quantity);
        json.WriteNumber("t"u8, fill.TradeId);
        json.WriteNumber("i"u8, fill.Order.Id);
        return json;
    }

    /// <summary>Wallets and a position that changed.</summary>
    public static Utf8JsonWriter WriteAccount(
        Utf8JsonWriter json, ExchangeAccount account, string cause, IReadOnlyList<LinearWalletChange> wallets, ExchangePosition? position)
    {
        json.WriteStartObject("a"u8);
        json.WriteString("m"u8, cause);
        json.WriteStartArray("B"u8);
        foreach (LinearWalletChange wallet in wallets)
        {
            json.WriteStartObject();
            json.WriteString("a"u8, wallet.Asset);
            json.WritePlain("wb"u8, Rounded(wallet.Wallet));
            json.WritePlain("cw"u8, Rounded(account.Margin(wallet.Asset).CrossWallet));
            json.WritePlain("bc"u8, Rounded(wallet.Change));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("P"u8);
        if (position is not null)
        {
            WritePosition(json, position);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return json;
    }

    /// <summary>Something happened to a conditional order.</summary>
    public static Utf8JsonWriter WriteAlgo(Utf8JsonWriter json, ExchangeOrder order, ExchangeOrder? child, in LinearAlgoState state)
    {
        NewOrder terms = order.Terms;
        json.WriteStartObject("o"u8);
        json.WriteString("caid"u8, order.OwnClientId);
        json.WriteNumber("aid"u8, order.Id);
        json.WriteString("at"u8, "CONDITIONAL");
        json.WriteString("o"u8, LinearWords.AlgoType(terms.Type));
        json.WriteString("s"u8, order.Instrument.Symbol);
        json.WriteString("S"u8, LinearWords.Side(terms.IsSell));
        json.WriteString("ps"u8, "BOTH");
        json.WriteString("f"u8, LinearWords.TimeInForce(terms));
        json.WritePlain("q"u8, order.Quantity);
        json.WriteString("X"u8, state.State);
        json.WriteString("ai"u8, child is null ? "" : child.Id.ToString(CultureInfo.InvariantCulture));
        if (child is not null)
        {
            json.WritePlain("ap"u8, Rounded(child.AveragePrice));
            json.WritePlain("aq"u8, child.Executed);
            json.WriteString("act"u8, LinearWords.PlainType(child));
        }

        json.WritePlain("tp"u8, Rounded(order.TriggerPrice));
        json.WritePlain("p"u8, terms.Price);
        json.WriteString("V"u8, LinearWords.SelfTrade(terms.Stp));
        json.WriteString("wt"u8, LinearWords.WorkingType(terms));
        json.WriteString("pm"u8, "NONE");
        json.WriteBoolean("cp"u8, terms.ClosePosition);
        json.WriteBoolean("pP"u8, false);
        json.WriteBoolean("R"u8, terms.ReduceOnly || terms.ClosePosition);
        json.WriteNumber("tt"u8, state.TriggeredAt.UnixMilliseconds);
        json.WriteNumber("gtd"u8, terms.GoodTill.UnixMilliseconds);
        if (state.Reason is { } reason)
        {
            json.WriteString("rm"u8, reason);
        }

        json.WriteEndObject();
        return json;
    }

    /// <summary>Positions that are near to liquidation.</summary>
    public static Utf8JsonWriter WriteMarginCall(Utf8JsonWriter json, ExchangeAccount account, string asset)
    {
        json.WritePlain("cw"u8, Rounded(account.Margin(asset).CrossWallet));
        json.WriteStartArray("p"u8);
        foreach (ExchangePosition position in account.Positions.Where(p => p.Quantity != 0 && !p.Isolated && p.Instrument.Quote == asset))
        {
            json.WriteStartObject();
            json.WriteString("s"u8, position.Instrument.Symbol);
            json.WriteString("ps"u8, "BOTH");
            json.WritePlain("pa"u8, position.Quantity);
            json.WriteString("mt"u8, "CROSSED");
            json.WriteString("iw"u8, "0");
            json.WritePlain("mp"u8, Rounded(position.Instrument.MarkPrice));
            json.WritePlain("up"u8, Rounded(position.UnrealizedPnl));
            json.WritePlain("mm"u8, Rounded(position.MaintenanceMargin));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return json;
    }

    private static void WritePosition(Utf8JsonWriter json, ExchangePosition position)
    {
        json.WriteStartObject();
        json.WriteString("s"u8, position.Instrument.Symbol);
        json.WritePlain("pa"u8, position.Quantity);
        json.WritePlain("ep"u8, Rounded(position.EntryPrice));
        json.WritePlain("bep"u8, Rounded(LinearAccountText.BreakEven(position)));
        json.WritePlain("cr"u8, Rounded(position.RealizedPnl));
        json.WritePlain("up"u8, Rounded(position.UnrealizedPnl));
        json.WriteString("mt"u8, position.Isolated ? "isolated" : "cross");
        json.WritePlain("iw"u8, Rounded(position.IsolatedMargin));
        json.WriteString("ps"u8, "BOTH");
        json.WriteEndObject();
    }

    // Value of what still works, on the order's side.
    private static void WriteNotionals(Utf8JsonWriter json, ExchangeOrder order)
    {
        decimal open = order.IsOpen ? Rounded(order.Remaining * order.Price) : 0;
        json.WritePlain("b"u8, order.Terms.IsSell ? 0 : open);
        json.WritePlain("a"u8, order.Terms.IsSell ? open : 0);
    }

    private static string ExecutionType(OrderEventKind kind) => kind switch
    {
        OrderEventKind.New or OrderEventKind.Liquidation => "NEW",
        OrderEventKind.Canceled => "CANCELED",
        OrderEventKind.Replaced => "AMENDMENT",
        OrderEventKind.Trade => "TRADE",
        _ => "EXPIRED",
    };

    // Events are told while a command runs: an order that ends later in the same command must not look ended in its fills.
    private static string StatusAt(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill) =>
        kind == OrderEventKind.Trade && fill is not null
            ? ExecutedAt(order, fill) >= order.Quantity ? "FILLED" : "PARTIALLY_FILLED"
            : LinearWords.Status(order);

    private static decimal ExecutedAt(ExchangeOrder order, ExchangeFill? fill)
    {
        if (fill is null)
        {
            return order.Executed;
        }

        decimal sum = 0;
        foreach (ExchangeFill each in order.Fills)
        {
            sum += each.Quantity;
            if (ReferenceEquals(each, fill))
            {
                return sum;
            }
        }

        return order.Executed;
    }

    private static decimal Rounded(decimal value) => decimal.Round(value, InstrumentNumbers.MoneyDigits);
}
