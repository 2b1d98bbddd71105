using System.Globalization;
using Harrier.Api.Hosting;
using Harrier.Api.People;
using Harrier.Api.Status;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Pages;

/// <summary><c>GET /</c>: for a browser how the bots stand, for a program who answers.</summary>
internal static class LandingPage
{
    private const int RefreshSeconds = 5;
    private const int EventsShown = 12;

    /// <summary>Tells a program who answers, and shows a browser the bots.</summary>
    public static IResult Get(HttpContext context, ApiSources sources, ApiOptions options)
    {
        if (!CsrfGuard.IsPage(context.Request))
        {
            return Results.Ok(new ServiceAnswer("running", "harrier", options.Version, sources.Time.GetUtcNow()));
        }

        if (context.Features.Get<Session>() is not { } session)
        {
            return Results.Redirect("/login");
        }

        Page page = new();
        foreach (AccountStatus account in sources.Desk.Status)
        {
            page.Heading($"{account.Name} on {account.Venue}: equity {Number(account.Equity, "0.00")}")
                .Line(RunText.Of(account.Risk))
                .Table(["Bot", "State", "Strategy", "Symbol", "Bars", "#Last", "#Position", "#Entry", "#Equity", "#PnL", "#Trades"], account.Bots.Select(bot => Row(account, bot)));
        }

        long last = sources.Desk.Events.Last;
        page.Heading("What happened last").Table(["Event"], sources.Desk.Events.After(Math.Max(0, last - EventsShown)).Reverse().Select(static one => (string[])[one.Text]));
        return page.Show("Bots", session, refresh: RefreshSeconds);
    }

    private static string[] Row(AccountStatus account, BotStatus bot) =>
    [
        bot.Name,
        BotLifecycle.Word(bot.State),
        bot.Strategy,
        bot.Symbol,
        bot.Interval.ToString(),
        account.Symbols.FirstOrDefault(symbol => symbol.Symbol == bot.Symbol)?.Last is { } price ? Number(price, "0.########") : "-",
        Number(bot.Position, "0.########"),
        bot.Position == 0 ? "-" : Number(bot.EntryPrice, "0.####"),
        Number(bot.Equity, "0.00"),
        Number(bot.Pnl, "+0.00;-0.00;0.00"),
        bot.RoundTrips.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Number(decimal value, string form) => value.ToString(form, CultureInfo.InvariantCulture);
}
