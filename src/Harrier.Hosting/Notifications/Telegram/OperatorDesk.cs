using System.Globalization;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;

namespace Harrier.Hosting.Notifications.Telegram;

/// <summary>Answers what an operator writes: /status, /positions, /pnl; /pause, /resume, /panic with a bot, an account or all. Orders go the way of all orders, with who and why.</summary>
/// <param name="desk">The run.</param>
/// <param name="language">Language of the answers.</param>
/// <param name="time">The wall clock.</param>
/// <param name="tell">Told of each order, and what became of it.</param>
internal sealed class OperatorDesk(RunDesk desk, Language language, TimeProvider time, Action<string> tell)
{
    private const int LongestReason = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The answer to an order that was too long on its way.</summary>
    public string TooOld(TimeSpan age) => language.Of(new LocalText("answer_old", ("age", ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture))));

    /// <summary>Answers a text that begins with a slash.</summary>
    /// <param name="text">The text.</param>
    /// <param name="by">Who wrote it.</param>
    /// <param name="why">The reason of an order that gives none.</param>
    /// <param name="stop">The run ends.</param>
    public async Task<string> AnswerAsync(string text, string by, string why, CancellationToken stop)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string verb = words[0].Split('@')[0].ToLowerInvariant();
        return verb switch
        {
            "/status" => Status(),
            "/positions" => Positions(),
            "/pnl" => Pnl(),
            "/pause" or "/resume" or "/panic" => await OrderAsync(words, verb, (by, why), stop).ConfigureAwait(false),
            _ => language.Of(new LocalText("answer_help")),
        };
    }

    private string Status() => Lines(desk.Status.SelectMany(account => (string[])[
        language.Of(new LocalText("answer_account", ("account", account.Name), ("state", RiskWords.Of(account.Risk.State)), ("equity", Money(account.Equity)))),
        .. account.Bots.Select(static bot => $"  {bot.Name} {bot.Strategy} {bot.Symbol}: {BotLifecycle.Word(bot.State)}"),
    ]));

    private string Positions() => Lines(desk.Status.SelectMany(account => account.Bots.Where(static bot => bot.Position != 0).Select(bot => language.Of(new LocalText(
        "answer_position",
        ("bot", $"{account.Name}/{bot.Name}"),
        ("quantity", EventNotifications.Number(bot.Position)),
        ("symbol", bot.Symbol),
        ("price", EventNotifications.Number(bot.EntryPrice)))))));

    private string Pnl() => Lines(
    [
        .. desk.Status.SelectMany(static account => account.Bots.Select(bot => $"{account.Name}/{bot.Name}: {EventNotifications.Signed(bot.Pnl)}")),
        language.Of(new LocalText("answer_total", ("pnl", EventNotifications.Signed(desk.Status.Sum(static account => account.Bots.Sum(static bot => bot.Pnl)))))),
    ]);

    private async Task<string> OrderAsync(string[] words, string verb, (string By, string Why) who, CancellationToken stop)
    {
        (string? account, string? bot) = TargetOf(words.Length > 1 ? words[1] : "all");
        AccountOrder order = (verb, bot) switch
        {
            ("/panic", _) => AccountOrder.Panic,
            ("/pause", null) => AccountOrder.Halt,
            ("/pause", _) => AccountOrder.Pause,
            (_, null) => AccountOrder.Unhalt,
            _ => AccountOrder.Resume,
        };
        string given = string.Join(' ', words.Skip(2));
        string reason = given.Length == 0 ? who.Why : given.Length <= LongestReason ? given : given[..LongestReason];
        Task<CommandAnswer> asked = desk.OrderAsync(account, new AccountCommand(order, bot, who.By, reason));
        CommandAnswer answer;
        try
        {
            answer = await asked.WaitAsync(Patience, time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            tell($"{who.By}: {verb}: no answer from the account yet");
            return language.Of(new LocalText("answer_slow"));
        }

        tell($"{who.By}: {verb} {(words.Length > 1 ? words[1] : "all")}: {(answer.IsDone ? "done" : "refused")}");
        return language.Of(new LocalText(answer.IsDone ? "answer_done" : "answer_refused", ("text", answer.Text)));
    }

    // A name that is neither is taken as a bot's: the refusal then lists the bots there are, and nothing else is ordered by mistake.
    private (string? Account, string? Bot) TargetOf(string word)
    {
        string[] parts = word.Split('/');
        return parts switch
        {
            ["all"] => (null, null),
            [var name] when desk.Status.Any(account => account.Name == name) => (name, null),
            [var account, var bot] => (account, bot),
            _ => (null, word),
        };
    }

    private string Lines(IEnumerable<string> lines)
    {
        string text = string.Join('\n', lines);
        return text.Length == 0 ? language.Of(new LocalText("answer_none")) : text;
    }

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
