using System.CommandLine;
using System.Globalization;
using Harrier.Cli.Control;
using Harrier.Cli.Explaining;
using Harrier.Cli.Running;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Explaining;

namespace Harrier.Cli.Verbs;

/// <summary><c>why SYMBOL TIME</c>: for any moment of a home's past, which gate stopped or allowed a trade.</summary>
public static class WhyVerb
{
    private const string TimeAllowed = "a time such as 12:05, 12:05:30 (UTC, the last day that is recorded) or 2026-11-29T12:05:00Z";

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Argument<string> symbol = new("symbol") { Description = "such as BTCUSDT" };
        Argument<string> time = new("time") { Description = "12:05 on the last day that is recorded, or 2026-11-29T12:05:00Z" };
        Command command = new("why", "Show which gate stopped or allowed a trade at a moment, its value, its limit, and the smallest change that turns it over.") { symbol, time };
        ControlOptions options = new ControlOptions().ForAccount(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            string home = options.HomeOf(parsed);
            HomeReader reader = new(home, RunRequestOptions.Reader());
            IReadOnlyList<AccountStatus> last = reader.Status();
            if (last.Count == 0)
            {
                throw new InputException("home", home, "a home of run, with accounts in it");
            }

            string text = parsed.GetRequiredValue(symbol);
            string wanted = SymbolText.TryParse(text, out Asset baseAsset, out Asset quoteAsset) ? baseAsset.Code + quoteAsset.Code : text;
            string[] known = [.. last.SelectMany(static account => account.Bots.Select(static bot => bot.Symbol)).Distinct().Order(StringComparer.Ordinal)];
            if (!known.Contains(wanted))
            {
                throw new InputException("symbol", text, "one that a bot of the home trades: " + string.Join(", ", known));
            }

            Timestamp moment = ReadTime(parsed.GetRequiredValue(time), last.Max(static account => account.Time.Nanos));
            IReadOnlyList<BotMoment> found = new MomentReader(reader).Read(wanted, moment, options.AccountOf(parsed));
            if (found.Count == 0)
            {
                throw new InputException("time", parsed.GetRequiredValue(time), "a time of which the home has a session");
            }

            if (options.IsJson(parsed))
            {
                streams.Output.WriteLine(WhyJson.Of(found));
                return 0;
            }

            foreach (BotMoment bot in found)
            {
                WhyText.Write(streams.Output, bot);
            }

            return 0;
        });
        return command;
    }

    // A time of day is that of the last day, unless that has not come to it yet.
    private static Timestamp ReadTime(string text, long newest)
    {
        if (TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly ofDay))
        {
            long day = new Timestamp(newest).UtcDay;
            long at = (day * TimeSpan.TicksPerDay * TimeSpan.NanosecondsPerTick) + (ofDay.Ticks * TimeSpan.NanosecondsPerTick);
            return new Timestamp(at <= newest ? at : at - (TimeSpan.TicksPerDay * TimeSpan.NanosecondsPerTick));
        }

        return text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            ? Timestamp.From(instant)
            : throw new InputException("time", text, TimeAllowed);
    }
}
