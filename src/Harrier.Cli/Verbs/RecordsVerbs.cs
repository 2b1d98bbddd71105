using System.CommandLine;
using System.Globalization;
using Harrier.Cli.MarketData;
using Harrier.Cli.Records;
using Harrier.Domain;
using Harrier.Hosting.Control;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Cli.Verbs;

/// <summary><c>trades</c>, <c>fills</c>, <c>orders</c>, <c>equity</c> and <c>events</c>: what the bots of a home did, whether it runs or not.</summary>
public static class RecordsVerbs
{
    /// <summary>Builds <c>trades</c>.</summary>
    public static Command CreateTrades(Option<bool> verbose)
    {
        Option<string?> symbol = new("--symbol") { Description = "those of this symbol", HelpName = "S" };
        Option<bool> all = new("--all") { Description = "archived ones as well" };
        Command command = new("trades", "List positions from entry to exit that the bots of a home have ended.") { symbol, all };
        Complete(command, verbose, new Listing<TradeRow>(
            (store, filter, parsed) => store.Trades(filter with { Symbol = parsed.GetValue(symbol), WithArchived = parsed.GetValue(all) }),
            RecordJson.Trades,
            ["id", "account", "bot", "symbol", "side", "entry", "exit", "quantity", "entry price", "exit price", "pnl", "reason"],
            static row =>
            [
                row.Number.ToString(CultureInfo.InvariantCulture), row.Account, row.Bot, row.Symbol, row.Side, Second(row.EntryTime), Second(row.ExitTime),
                Short(row.Quantity), Short(row.EntryPrice), Short(row.ExitPrice), Short(row.Pnl), row.ExitReason,
            ]));
        command.Subcommands.Add(Archive(verbose, "trades", static (store, keep, now) => store.Archive(keep, now)));
        return command;
    }

    /// <summary>Builds <c>archive</c> of one kind of records.</summary>
    /// <param name="verbose">Whether failures show where they come from.</param>
    /// <param name="what">The records, as people call them.</param>
    /// <param name="archive">Puts all but so many of each account out of the way, and says how many.</param>
    internal static Command Archive(Option<bool> verbose, string what, Func<RecordStore, int, Timestamp, int> archive)
    {
        Option<int> keep = new("--keep") { Description = $"newest {what} of each account that stay at hand", HelpName = "N", Required = true };
        RecordOptions options = new();
        Command command = new("archive", $"Put older {what} out of the way: they are kept, and listed with --all.") { keep };
        options.AddHomeTo(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            int kept = parsed.GetRequiredValue(keep);
            if (kept < 1)
            {
                throw new InputException("keep", kept.ToString(CultureInfo.InvariantCulture), "a whole number from 1");
            }

            using RecordStore store = options.Open(parsed);
            streams.Output.WriteLine(FormattableString.Invariant($"{archive(store, kept, Timestamp.From(TimeProvider.System.GetUtcNow()))} {what} archived"));
            return 0;
        });
        return command;
    }

    /// <summary>Builds <c>fills</c>.</summary>
    public static Command CreateFills(Option<bool> verbose)
    {
        Option<string?> symbol = new("--symbol") { Description = "those of this symbol", HelpName = "S" };
        Command command = new("fills", "List executions of the orders of a home's bots.") { symbol };
        Complete(command, verbose, new Listing<FillRow>(
            (store, filter, parsed) => store.Fills(filter with { Symbol = parsed.GetValue(symbol) }),
            RecordJson.Fills,
            ["time", "account", "bot", "symbol", "side", "quantity", "price", "fee", "purpose", "order", "trade"],
            static row =>
            [
                Second(row.Time), row.Account, row.Bot, row.Symbol, row.Side, Short(row.Quantity), Short(row.Price), Short(row.Fee), row.Purpose, row.OrderId ?? "", row.TradeId,
            ]));
        return command;
    }

    /// <summary>Builds <c>orders</c>.</summary>
    public static Command CreateOrders(Option<bool> verbose)
    {
        Option<string?> symbol = new("--symbol") { Description = "those of this symbol", HelpName = "S" };
        Command command = new("orders", "List orders of a home's bots and what became of them, those that a gate refused as well.") { symbol };
        Complete(command, verbose, new Listing<OrderRow>(
            (store, filter, parsed) => store.Orders(filter with { Symbol = parsed.GetValue(symbol) }),
            RecordJson.Orders,
            ["time", "account", "bot", "symbol", "side", "type", "quantity", "limit", "trigger", "filled", "average", "status", "purpose", "reason", "id"],
            static row =>
            [
                Second(row.Time), row.Account, row.Bot, row.Symbol, row.Side, row.Type, Short(row.Quantity), Short(row.LimitPrice), Short(row.TriggerPrice), Short(row.Filled),
                Short(row.AveragePrice), row.Status, row.Purpose, row.Reason ?? "", row.Id,
            ]));
        return command;
    }

    /// <summary>Builds <c>equity</c>.</summary>
    public static Command CreateEquity(Option<bool> verbose)
    {
        Command command = new("equity", "List what the bots of a home were worth, minute by minute.");
        Complete(command, verbose, new Listing<EquityRow>(
            static (store, filter, _) => store.Equity(filter),
            RecordJson.Equity,
            ["time", "account", "bot", "equity", "pnl", "position"],
            static row => [Second(row.Time), row.Account, row.Bot, Short(row.Equity), Short(row.Pnl), Short(row.Position)]));
        return command;
    }

    /// <summary>Builds <c>events</c>.</summary>
    public static Command CreateEvents(Option<bool> verbose)
    {
        Command command = new("events", "List what happened to the bots of a home: states, alerts, refusals, notes.");
        Complete(command, verbose, new Listing<EventRow>(
            static (store, filter, _) => store.Events(filter),
            RecordJson.Events,
            ["time", "account", "bot", "kind", "text"],
            static row => [Second(row.Time), row.Account, row.Bot ?? "", row.Kind, row.Text]));
        return command;
    }

    internal static void Complete<T>(Command command, Option<bool> verbose, Listing<T> listing)
    {
        RecordOptions options = new();
        Option<bool> json = new("--json") { Description = "print a JSON array" };
        command.Options.Add(json);
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            RecordFilter filter = options.Filter(parsed);
            using RecordStore store = options.Open(parsed);
            IReadOnlyList<T> rows = listing.Read(store, filter, parsed);
            if (parsed.GetValue(json))
            {
                streams.Output.Write(listing.ToJson(rows));
            }
            else
            {
                TextTable.Write(streams.Output, listing.Columns, [.. rows.Select(listing.ToCells)]);
            }

            return 0;
        });
    }

    internal static string Second(Timestamp time) => RunText.Of(time);

    internal static string Short(decimal value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    internal static string Short(decimal? value) => value is { } number ? Short(number) : "";

    internal sealed record Listing<T>(
        Func<RecordStore, RecordFilter, ParseResult, IReadOnlyList<T>> Read,
        Func<IEnumerable<T>, string> ToJson,
        string[] Columns,
        Func<T, string[]> ToCells);
}
