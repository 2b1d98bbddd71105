using System.Globalization;
using Harrier.Api.Hosting;
using Harrier.Api.People;
using Harrier.Api.Security;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Pages;

/// <summary><c>GET /admin/</c>: configuration, pairs, history, users and the audit, to look at.</summary>
/// <param name="users">Who may sign in.</param>
/// <param name="audit">Who did what.</param>
internal sealed class AdminPage(UserStore users, AuditLog audit)
{
    private const int RowsShown = 50;

    /// <summary>Shows it.</summary>
    public IResult Get(HttpContext context, ApiSources sources)
    {
        IReadOnlyList<AccountStatus> accounts = sources.Desk.Status;
        return new Page()
            .Heading("Bot config")
            .Table(["Account", "Bot", "Strategy", "Symbol", "Bars"], accounts.SelectMany(static account => account.Bots.Select(bot => (string[])[account.Name, bot.Name, bot.Strategy, bot.Symbol, bot.Interval.ToString()])))
            .Heading("Limits")
            .Table(["Account", "Limit", "#Value", "#Allowed", "State"], accounts.SelectMany(static account => account.Risk.Limits.Select(limit => Limit(account, limit))))
            .Heading("Trading pairs")
            .Table(["Venue", "Symbol", "#Last", "Book"], accounts.SelectMany(static account => account.Symbols.Select(symbol => (string[])[account.Venue.Name, symbol.Symbol, Number(symbol.Last), symbol.Book ?? "-"])).DistinctBy(static row => (row[0], row[1])))
            .Heading("Portfolio bots")
            .Table(
                ["Account", "Bot", .. PortfolioSettings.Fields.Select(static field => field.Name)],
                sources.Records.PortfolioBots(null).Select(static row => (string[])[row.Account, row.Bot, .. Values(row)]))
            .Heading("Portfolio pairs")
            .Table(["Account", "Pair", "#Priority", "Enabled"], sources.Records.Pairs(null).Select(static pair => (string[])[pair.Account, pair.Symbol, pair.Priority.ToString(CultureInfo.InvariantCulture), pair.IsEnabled ? "yes" : "no"]))
            .Heading("Portfolio decisions")
            .Table(
                ["Account", "#Id", "Bot", "Decision", "#Amount", "From", "To", "#Confidence", "#Risk", "Status", "Time", "Why"],
                sources.Records.Decisions(new RecordFilter { Newest = RowsShown }).Reverse().Select(static row => (string[])
                    [row.Account, row.Number.ToString(CultureInfo.InvariantCulture), row.Bot, row.Decision, Number(row.Amount), row.FromAsset, row.ToAsset, Ratio(row.Confidence), Ratio(row.Risk), row.Status, RunText.Of(row.CreatedAt), row.Result ?? row.Reason]))
            .Heading("Trade history")
            .Table(
                ["Account", "Bot", "Symbol", "Side", "Entry", "Exit", "#Quantity", "#Entry price", "#Exit price", "#PnL", "Reason"],
                sources.Records.Trades(new RecordFilter { Newest = RowsShown }).Reverse().Select(static trade => (string[])
                    [trade.Account, trade.Bot, trade.Symbol, trade.Side, RunText.Of(trade.EntryTime), RunText.Of(trade.ExitTime), Number(trade.Quantity), Number(trade.EntryPrice), Number(trade.ExitPrice), Number(decimal.Round(trade.Pnl, 4, MidpointRounding.ToEven)), trade.ExitReason]))
            .Heading("Users")
            .Table(["Name", "Role", "Since", "One-time codes"], users.All().Select(static user => (string[])[user.Name, RoleWords.Of(user.Role), user.Created.ToString("u", CultureInfo.InvariantCulture), user.TotpSecret is null ? "no" : "yes"]))
            .Link("/admin/users", "Change users, links and tokens")
            .Heading("Audit")
            .Table(["#Number", "Time", "Who", "From", "What", "Outcome"], audit.Newest(RowsShown).Reverse().Select(static one => (string[])
                [one.Number.ToString(CultureInfo.InvariantCulture), one.Time.ToString("u", CultureInfo.InvariantCulture), one.Who, one.Address, one.What, one.Outcome]))
            .Show("Administration", context.Features.Get<Session>());
    }

    private static string[] Limit(AccountStatus account, LimitReading limit) => [account.Name, RiskWords.Of(limit.Rule), Number(limit.Value), Number(limit.Limit), RiskWords.Of(limit.State)];

    private static IEnumerable<string> Values(PortfolioBotRow row)
    {
        PortfolioSettings settings = PortfolioSettings.Parse(row.Settings);
        return PortfolioSettings.Fields.Select(field => field.Read(settings));
    }

    private static string Ratio(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Number(decimal? value) => value?.ToString("0.########", CultureInfo.InvariantCulture) ?? "-";
}
