using System.Security.Claims;
using Harrier.Api.Hosting;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Bots;

/// <summary>Which bot to start, as guide 000 has it: by what it is.</summary>
/// <param name="Strategy">Key of its strategy.</param>
/// <param name="Symbol">What it trades, as BTCUSDT or BTC/USDT.</param>
/// <param name="Timeframe">Length of its bars, as 1m.</param>
public sealed record BotStartBody(string? Strategy = null, string? Symbol = null, string? Timeframe = null);

/// <summary>Which bot to stop.</summary>
/// <param name="BotId">As <c>account/bot</c>.</param>
public sealed record BotStopBody(string? BotId = null);

/// <summary>A bot that was told to start.</summary>
/// <param name="Status"><c>BOT_STARTED</c>.</param>
/// <param name="BotId">As <c>account/bot</c>.</param>
/// <param name="JobId">The job that ends when the bot has started or failed; null where too many wait already.</param>
public sealed record BotStartedAnswer(string Status, string BotId, string? JobId);

/// <summary>A bot that was stopped.</summary>
/// <param name="Status"><c>BOT_STOPPED</c>.</param>
/// <param name="BotId">As <c>account/bot</c>.</param>
public sealed record BotStoppedAnswer(string Status, string BotId);

/// <summary>What all bots won or lost.</summary>
/// <param name="TotalPnl">Equity less what was paid in, to four decimals.</param>
/// <param name="Currency">In what.</param>
/// <param name="OpenBots">Bots that trade.</param>
/// <param name="LastUpdate">When.</param>
public sealed record DashboardPnlAnswer(decimal TotalPnl, string Currency, int OpenBots, DateTimeOffset LastUpdate);

/// <summary><c>POST /bot/start</c>, <c>POST /bot/stop</c>, <c>GET /dashboard/pnl</c>: the shapes of guide 000 over the orders of the run.</summary>
internal static class GuideBots
{
    /// <summary>Starts the bot of this strategy, symbol and timeframe that is stopped.</summary>
    public static async Task<Results<Ok<BotStartedAnswer>, ValidationProblem, ProblemHttpResult>> StartAsync(BotStartBody body, ApiSources sources, ClaimsPrincipal who)
    {
        Faults faults = new();
        Need("strategy", body.Strategy, faults);
        Need("symbol", body.Symbol, faults);
        Need("timeframe", body.Timeframe, faults);
        if (!faults.IsEmpty)
        {
            return faults.Problem;
        }

        string symbol = Harrier.Hosting.Markets.MarketMemory.Plain(body.Symbol!);
        (AccountStatus Account, BotStatus Bot)[] alike =
        [
            .. sources.Desk.Status.SelectMany(static account => account.Bots.Select(bot => (account, bot)))
                .Where(one => one.bot.Strategy == body.Strategy && one.bot.Symbol == symbol && one.bot.Interval.ToString() == body.Timeframe),
        ];
        if (alike.Length == 0)
        {
            return TypedResults.Problem($"Bot not found: {Shown.Of(body.Strategy)} on {Shown.Of(body.Symbol)}, {Shown.Of(body.Timeframe)}; bots are added in the configuration", statusCode: StatusCodes.Status404NotFound);
        }

        (AccountStatus account, BotStatus bot) = alike.FirstOrDefault(static one => one.Bot.State is BotState.Stopped or BotState.Idle or BotState.Error, alike[0]);
        CommandAnswer answer = await GiveAsync(sources, who, (account.Name, bot.Name), AccountOrder.Start).ConfigureAwait(false);
        return answer.IsDone
            ? TypedResults.Ok(new BotStartedAnswer("BOT_STARTED", $"{account.Name}/{bot.Name}", sources.Jobs.TryAdd(StartJob.Kind, StartJob.Of(sources, (account.Name, bot.Name)))?.Id))
            : TypedResults.Problem(answer.Text, statusCode: StatusCodes.Status409Conflict);
    }

    /// <summary>Stops a bot; its positions stay with their exit rules.</summary>
    public static async Task<Results<Ok<BotStoppedAnswer>, ValidationProblem, ProblemHttpResult>> StopAsync(BotStopBody body, ApiSources sources, ClaimsPrincipal who)
    {
        Faults faults = new();
        Need("bot_id", body.BotId, faults);
        if (!faults.IsEmpty)
        {
            return faults.Problem;
        }

        foreach (AccountStatus account in sources.Desk.Status)
        {
            if (account.Bots.FirstOrDefault(bot => $"{account.Name}/{bot.Name}" == body.BotId) is { } found)
            {
                if (found.State is BotState.Stopped or BotState.Idle)
                {
                    return TypedResults.Problem("Bot not running", statusCode: StatusCodes.Status400BadRequest);
                }

                CommandAnswer answer = await GiveAsync(sources, who, (account.Name, found.Name), AccountOrder.Stop).ConfigureAwait(false);
                return answer.IsDone ? TypedResults.Ok(new BotStoppedAnswer("BOT_STOPPED", body.BotId!)) : TypedResults.Problem(answer.Text, statusCode: StatusCodes.Status409Conflict);
            }
        }

        return TypedResults.Problem("Bot not found", statusCode: StatusCodes.Status404NotFound);
    }

    /// <summary>Shows what all bots won or lost.</summary>
    public static Ok<DashboardPnlAnswer> Pnl(ApiSources sources)
    {
        BotStatus[] bots = [.. sources.Desk.Status.SelectMany(static account => account.Bots)];
        int open = bots.Count(static bot => bot.State is not (BotState.Stopped or BotState.Idle or BotState.Error));
        decimal pnl = decimal.Round(bots.Sum(static bot => bot.Pnl), 4, MidpointRounding.ToEven);
        return TypedResults.Ok(new DashboardPnlAnswer(pnl, "USDT", open, sources.Time.GetUtcNow()));
    }

    private static void Need(string field, string? value, Faults faults)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            faults.Add(field, value, "a text");
        }
    }

    private static Task<CommandAnswer> GiveAsync(ApiSources sources, ClaimsPrincipal who, (string Account, string Bot) target, AccountOrder order) =>
        sources.Desk.OrderAsync(target.Account, new AccountCommand(order, target.Bot, who.Identity?.Name ?? "", ""));
}
