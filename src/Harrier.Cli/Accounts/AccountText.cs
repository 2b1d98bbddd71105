using System.Globalization;
using Harrier.Exchanges.Trading;

namespace Harrier.Cli.Accounts;

/// <summary>An account as text for people.</summary>
internal static class AccountText
{
    /// <summary>Writes it.</summary>
    public static void Write(AccountView view, TextWriter output)
    {
        output.WriteLine($"venue        {view.Venue} at {view.Place.GetLeftPart(UriPartial.Authority)}");
        output.WriteLine($"key          {view.MaskedKey} {Permissions(view.Permissions)}");
        output.WriteLine($"trading      {view.Account.CanTrade switch { true => "allowed", false => "suspended by the venue", null => "not told" }}");
        output.WriteLine($"fees         {Fees(view.Fees)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"clock        venue minus local {view.ClockOffset.TotalMilliseconds:0} ms"));
        Section(output, "balances", view.Account.Balances, b => $"{b.Asset,-10} total {Number(b.Total)}, free {Number(b.Free)}, locked {Number(b.Locked)}");
        if (view.Account.Cards.Count > 0)
        {
            Section(output, "cards", view.Account.Cards, c => $"{c.Balance.Asset,-10} total {Number(c.Balance.Total)}, free {Number(c.Balance.Free)}, {c.Label}, id {c.Id}");
        }

        Section(output, "positions", view.Positions, p => $"{p.Symbol,-10} {Number(p.Quantity)} at {Number(p.EntryPrice)}{Unrealized(p)}{Leverage(p)}");
        Section(output, "open orders", view.OpenOrders, Order);
    }

    private static void Section<T>(TextWriter output, string title, IReadOnlyList<T> rows, Func<T, string> line)
    {
        output.WriteLine($"{title,-12} {(rows.Count == 0 ? "none" : rows.Count.ToString(CultureInfo.InvariantCulture))}");
        foreach (T row in rows)
        {
            output.WriteLine("  " + line(row));
        }
    }

    private static string Permissions(KeyPermissions? permissions)
    {
        if (permissions is null)
        {
            return "(the venue does not tell what it may do)";
        }

        string[] may = [.. new[]
        {
            permissions.CanRead ? "read" : "", permissions.CanTrade ? "trade" : "",
            permissions.CanTransfer ? "transfer" : "", permissions.CanWithdraw ? "WITHDRAW" : "",
        }.Where(m => m.Length > 0)];
        return $"may {(may.Length > 0 ? string.Join(", ", may) : "do nothing")}; {(permissions.IsIpRestricted ? "from named addresses only" : "from any address")}";
    }

    private static string Fees(FeeRates? fees) => fees is null
        ? "not told"
        : $"{fees.Symbol} maker {Percent(fees.Maker)}, taker {Percent(fees.Taker)}{(fees.DiscountAsset is { } asset ? $", times {Number(fees.DiscountFactor)} when paid in {asset}" : "")}";

    private static string Order(VenueOrder order)
    {
        string price = order.Price is decimal limit and not 0 ? $" at {Number(limit)}" : "";
        string trigger = order.Trigger is decimal stop and not 0 ? $", trigger {Number(stop)}" : "";
        string type = order.Type?.ToString().ToUpperInvariant() ?? order.RawType;
        return $"{order.Symbol,-10} {order.Side?.ToString().ToUpperInvariant()} {type} {Number(order.Quantity)}{price}{trigger}, filled {Number(order.Executed)}, id {order.ClientId}";
    }

    private static string Unrealized(VenuePosition position) => position.UnrealizedPnl is decimal profit ? $", unrealized {Number(profit)}" : "";

    private static string Leverage(VenuePosition position) => position.Leverage is int times ? $", {times.ToString(CultureInfo.InvariantCulture)}x" : "";

    private static string Percent(decimal fraction) => Number(fraction * 100) + " %";

    private static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
