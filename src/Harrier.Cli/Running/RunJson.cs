using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Research.Reports;

namespace Harrier.Cli.Running;

/// <summary>One JSON object per line: what happens, and every second how things stand. Money, prices and sizes are texts.</summary>
internal sealed class RunJson(TextWriter output, TextWriter errors) : IRunView
{
    private readonly Lock _gate = new();
    private Timestamp _last;

    public void Begin(IReadOnlyList<AccountStatus> accounts) => Show("started", accounts);

    public void Show(IReadOnlyList<AccountStatus> accounts)
    {
        if (accounts.Count > 0 && accounts[0].Time - _last >= TimeSpan.FromSeconds(1))
        {
            _last = accounts[0].Time;
            Show("status", accounts);
        }
    }

    public void End(IReadOnlyList<AccountStatus> accounts) => Show("stopped", accounts);

    public void Tell(AccountEvent happened) => Write(json =>
    {
        json.WriteString("type", TypeOf(happened));
        json.WriteString("time", RunText.Of(happened.Time));
        json.WriteString("account", happened.Account);
        switch (happened)
        {
            case BotFilled filled:
                Fill(json, filled);
                break;
            case BotRoundTrip ended:
                Trip(json, ended);
                break;
            case BotMoved moved:
                json.WriteString("bot", moved.Bot);
                json.WriteString("from", BotLifecycle.Word(moved.Step.From));
                json.WriteString("to", BotLifecycle.Word(moved.Step.To));
                json.WriteString("reason", moved.Step.Reason);
                break;
            case AccountAlerted alert:
                json.WriteString("bot", alert.Bot);
                json.WriteString("alert", RiskWords.Of(alert.Kind));
                json.WriteString("text", alert.Text);
                break;
            case BotRefused refused:
                json.WriteString("bot", refused.Bot);
                json.WriteString("symbol", refused.Symbol);
                Refusal(json, refused.Reason);
                break;
            default:
                json.WriteString("text", RunText.Of(happened));
                break;
        }
    });

    public void Warn(string line)
    {
        lock (_gate)
        {
            errors.WriteLine(line);
        }
    }

    public void Dispose()
    {
    }

    private static string TypeOf(AccountEvent happened) => happened switch
    {
        BotFilled => "fill",
        BotRoundTrip => "round_trip",
        BotMoved => "state",
        AccountAlerted => "alert",
        BotRefused => "refusal",
        _ => "note",
    };

    private static void Fill(Utf8JsonWriter json, BotFilled filled)
    {
        json.WriteString("bot", filled.Bot);
        json.WriteString("symbol", filled.Instrument.Symbol);
        json.WriteString("side", filled.Fill.Side == OrderSide.Buy ? "buy" : "sell");
        Number(json, "price", filled.Fill.Price);
        Number(json, "quantity", filled.Fill.Quantity);
        Number(json, "fee", filled.Fill.Fee);
        json.WriteString("reason", InvariantText.Of(filled.Fill.Purpose));
    }

    private static void Trip(Utf8JsonWriter json, BotRoundTrip ended)
    {
        RoundTrip trip = ended.Trip;
        json.WriteString("bot", ended.Bot);
        json.WriteNumber("id", trip.Id);
        json.WriteString("symbol", ended.Symbol);
        json.WriteString("side", trip.IsLong ? "long" : "short");
        json.WriteString("entry_time", RunText.Of(trip.EntryTime));
        json.WriteString("exit_time", RunText.Of(trip.ExitTime));
        Number(json, "entry_price", trip.EntryPrice);
        Number(json, "exit_price", trip.ExitPrice);
        Number(json, "quantity", trip.Quantity);
        Number(json, "fees", trip.Fees);
        Number(json, "pnl", trip.Pnl);
        json.WriteString("exit_reason", InvariantText.Of(trip.ExitReason));
    }

    private void Show(string type, IReadOnlyList<AccountStatus> accounts) => Write(json =>
    {
        json.WriteString("type", type);
        json.WriteStartArray("accounts");
        foreach (AccountStatus account in accounts)
        {
            json.WriteStartObject();
            json.WriteString("name", account.Name);
            json.WriteString("time", RunText.Of(account.Time));
            json.WriteString("venue", account.Venue.Name);
            Number(json, "equity", account.Equity);
            Risk(json, account.Risk);
            json.WriteStartArray("bots");
            foreach (BotStatus bot in account.Bots)
            {
                Bot(json, bot);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Risk(Utf8JsonWriter json, RiskStatus risk)
    {
        json.WriteStartObject("risk");
        json.WriteString("state", RiskWords.Of(risk.State));
        Number(json, "exposure", risk.Exposure);
        json.WriteStartArray("limits");
        foreach (LimitReading limit in risk.Limits)
        {
            json.WriteStartObject();
            json.WriteString("rule", RiskWords.Of(limit.Rule));
            Number(json, "value", limit.Value);
            Number(json, "limit", limit.Limit);
            json.WriteString("state", RiskWords.Of(limit.State));
            json.WriteString("until", limit.EndsAt is { } end ? RunText.Of(end) : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("refusals");
        foreach ((DenyRule rule, int count) in risk.Refusals)
        {
            json.WriteNumber(RiskWords.Of(rule), count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Refusal(Utf8JsonWriter json, in DenyReason reason)
    {
        json.WriteString("rule", RiskWords.Of(reason.Rule));
        Number(json, "value", reason.Value);
        Number(json, "limit", reason.Limit);
    }

    private static void Bot(Utf8JsonWriter json, BotStatus bot)
    {
        json.WriteStartObject();
        json.WriteString("name", bot.Name);
        json.WriteString("strategy", bot.Strategy);
        json.WriteString("symbol", bot.Symbol);
        json.WriteString("interval", bot.Interval.ToString());
        json.WriteString("state", BotLifecycle.Word(bot.State));
        Number(json, "position", bot.Position);
        Number(json, "entry_price", bot.EntryPrice);
        Number(json, "equity", bot.Equity);
        Number(json, "pnl", bot.Pnl);
        json.WriteNumber("working_orders", bot.WorkingOrders);
        json.WriteNumber("round_trips", bot.RoundTrips);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, decimal value) => json.WriteString(name, value.ToString("0.##################", CultureInfo.InvariantCulture));

    private void Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        lock (_gate)
        {
            output.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
            output.Flush();
        }
    }
}
