using Harrier.Api.Hosting;
using Harrier.Hosting.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Status;

/// <summary>What a bot holds.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Bot">Its name.</param>
/// <param name="Symbol">What it trades.</param>
/// <param name="Side"><c>long</c>, <c>short</c> or <c>flat</c>.</param>
/// <param name="Quantity">How much, in base currency, never below 0.</param>
/// <param name="EntryPrice">Average price of entry; null when flat.</param>
/// <param name="MarkPrice">Price of the last trade; null where none is known.</param>
/// <param name="UnrealizedPnl">What leaving at that price would bring, before fees; null where one of the two is not known.</param>
/// <param name="Equity">What the bot's part of the account is worth.</param>
/// <param name="Pnl">Equity less what was paid in.</param>
public sealed record PositionAnswer(
    string Account, string Bot, string Symbol, string Side, decimal Quantity, decimal? EntryPrice, decimal? MarkPrice, decimal? UnrealizedPnl, decimal Equity, decimal Pnl)
{
    /// <summary>The position of a bot.</summary>
    internal static PositionAnswer Of(AccountStatus account, BotStatus bot)
    {
        decimal? mark = account.Symbols.FirstOrDefault(symbol => symbol.Symbol == bot.Symbol)?.Last;
        bool isFlat = bot.Position == 0;
        return new PositionAnswer(
            account.Name,
            bot.Name,
            bot.Symbol,
            isFlat ? "flat" : bot.Position > 0 ? "long" : "short",
            Math.Abs(bot.Position),
            isFlat ? null : bot.EntryPrice,
            mark,
            isFlat ? null : (mark - bot.EntryPrice) * bot.Position,
            bot.Equity,
            bot.Pnl);
    }
}

/// <summary>Positions.</summary>
/// <param name="Positions">Those that are not flat.</param>
/// <param name="Count">How many.</param>
public sealed record PositionsAnswer(IReadOnlyList<PositionAnswer> Positions, int Count);

/// <summary><c>GET /api/v1/trading/positions</c>.</summary>
internal static class Positions
{
    /// <summary>Shows what bots hold now.</summary>
    /// <param name="sources">What is read.</param>
    /// <param name="symbol">Positions of this symbol only.</param>
    public static Ok<PositionsAnswer> Get(ApiSources sources, string? symbol = null)
    {
        PositionAnswer[] held =
        [
            .. sources.Desk.Status.SelectMany(static account => account.Bots.Select(bot => PositionAnswer.Of(account, bot)))
                .Where(position => position.Side != "flat" && (symbol is null || position.Symbol == symbol)),
        ];
        return TypedResults.Ok(new PositionsAnswer(held, held.Length));
    }
}
