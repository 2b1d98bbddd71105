using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Hosting.Bots;

namespace Harrier.Hosting.Control;

/// <summary>Reads what <see cref="StatusJson"/> wrote, for views of a run in another process.</summary>
public static class StatusReader
{
    /// <summary>Reads the accounts of an answer.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static IReadOnlyList<AccountStatus> Read(JsonElement answer) => [.. answer.GetProperty("accounts").EnumerateArray().Select(Account)];

    private static AccountStatus Account(JsonElement account) => new(
        Text(account, "name"),
        new VenueId(Text(account, "venue")),
        Time(account, "time") ?? default,
        Number(account, "equity") ?? 0,
        [.. account.GetProperty("bots").EnumerateArray().Select(Bot)],
        [.. account.GetProperty("symbols").EnumerateArray().Select(static one => new SymbolView(Text(one, "symbol"), Number(one, "last"), one.GetProperty("book").GetString()))])
    {
        Mode = Text(account, "mode"),
        AtVenue = AtVenue(account.GetProperty("at_venue")),
        Risk = Risk(account.GetProperty("risk")),
    };

    private static VenueStatus? AtVenue(JsonElement venue) => venue.ValueKind == JsonValueKind.Null
        ? null
        : new VenueStatus(Text(venue, "place"), venue.GetProperty("sound").GetBoolean(), Time(venue, "last_read"), venue.GetProperty("trouble").GetString());

    private static BotStatus Bot(JsonElement bot) => new()
    {
        Name = Text(bot, "name"),
        Strategy = Text(bot, "strategy"),
        Symbol = Text(bot, "symbol"),
        Interval = BarSpec.TryParse(Text(bot, "interval"), out BarSpec interval) ? interval : throw new JsonException("interval: no length of bars"),
        State = Enum.GetValues<BotState>().FirstOrDefault(state => BotLifecycle.Word(state) == Text(bot, "state")),
        Position = Number(bot, "position") ?? 0,
        EntryPrice = Number(bot, "entry_price") ?? 0,
        Equity = Number(bot, "equity") ?? 0,
        Pnl = Number(bot, "pnl") ?? 0,
        RoundTrips = bot.GetProperty("round_trips").GetInt32(),
        Naked = TimeSpan.FromSeconds(bot.GetProperty("naked_seconds").GetDouble()),
        WorkingOrders = bot.GetProperty("working_orders").GetInt32(),
    };

    private static RiskStatus Risk(JsonElement risk) => new(
        Enum.GetValues<TradingState>().FirstOrDefault(state => RiskWords.Of(state) == Text(risk, "state")),
        default,
        [.. risk.GetProperty("limits").EnumerateArray().Select(static limit => new LimitReading(Rule(Text(limit, "rule")), Number(limit, "value") ?? 0, Number(limit, "limit") ?? 0)
        {
            State = Enum.GetValues<LimitState>().FirstOrDefault(state => RiskWords.Of(state) == Text(limit, "state")),
            EndsAt = Time(limit, "until"),
        })],
        Number(risk, "exposure") ?? 0,
        [.. risk.GetProperty("refusals").EnumerateObject().Select(static pair => KeyValuePair.Create(Rule(pair.Name), pair.Value.GetInt32()))]);

    private static DenyRule Rule(string name) => Enum.GetValues<DenyRule>().FirstOrDefault(rule => RiskWords.Of(rule) == name);

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString() ?? "";

    private static decimal? Number(JsonElement from, string name) =>
        from.GetProperty(name).GetString() is { } text ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    private static Timestamp? Time(JsonElement from, string name) =>
        from.GetProperty(name).GetString() is { } text ? Timestamp.From(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)) : null;
}
