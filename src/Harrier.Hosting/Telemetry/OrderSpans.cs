using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;

namespace Harrier.Hosting.Telemetry;

/// <summary>A span for each order of an account, from the signal that led to it, or from its sending where none did, to its end; what the venue told is an event of it. Times are those of the engine. Used by the account's thread alone.</summary>
/// <param name="settings">The account.</param>
internal sealed class OrderSpans(AccountSettings settings)
{
    /// <summary>Orders that are followed at a time; one more is not.</summary>
    public const int Most = 4096;

    private readonly Dictionary<ClientOrderId, Activity> _open = [];
    private readonly Signaled?[] _signals = new Signaled?[settings.Bots.Count];

    /// <summary>A strategy signaled; an order that its bot sends at the same moment comes of it.</summary>
    public void OnSignal(BotId bot, Timestamp time, in Signal signal)
    {
        if (Tracing.Source.HasListeners())
        {
            _signals[bot.Index] = new Signaled(time, signal.Side, signal.Confidence);
        }
    }

    /// <summary>An order is sent.</summary>
    public void OnSent(Order order, Instrument instrument)
    {
        if (!Tracing.Source.HasListeners() || _open.Count >= Most)
        {
            return;
        }

        // The span is nobody's child, and must not become the parent of what this thread does next.
        Activity? around = Activity.Current;
        Activity.Current = null;
        try
        {
            if (Tracing.Source.StartActivity("order", ActivityKind.Client, parentContext: default, startTime: TimeOf(order.SubmittedAt)) is { } span)
            {
                Describe(span, order, instrument);
                _open[order.Id] = span;
            }
        }
        finally
        {
            Activity.Current = around;
        }
    }

    /// <summary>The venue told something of an order.</summary>
    public void OnReport(Order order, in ExecutionReport report, Instrument instrument)
    {
        if (!_open.TryGetValue(order.Id, out Activity? span))
        {
            return;
        }

        string step = BotOrder.StepOf(in report, order);
        ActivityTagsCollection facts = report.Kind == ExecutionKind.Filled
            ? new([new("harrier.fill.price", Number(instrument.ToDecimal(report.Price))), new("harrier.fill.quantity", Number(instrument.ToDecimal(report.Size)))])
            : [];
        span.AddEvent(new ActivityEvent(step, TimeOf(report.Time), facts));
        if (order.IsWorking)
        {
            return;
        }

        _open.Remove(order.Id);
        span.SetTag("harrier.order.state", Word(order.State));
        span.SetTag("harrier.order.filled", Number(instrument.ToDecimal(order.Executed)));
        if (report.Kind == ExecutionKind.Rejected)
        {
            span.Fail(Word(report.Reason));
        }

        span.SetEndTime(TimeOf(report.Time).UtcDateTime);
        Activity? around = Activity.Current;
        span.Stop();
        Activity.Current = around;
    }

    private void Describe(Activity span, Order order, Instrument instrument)
    {
        BotSettings bot = settings.Bots[order.Bot.Index];
        ref readonly OrderIntent intent = ref order.Intent;
        span.SetTag("harrier.account", settings.Name);
        span.SetTag("harrier.bot", bot.Name);
        span.SetTag("harrier.strategy", bot.Strategy.Descriptor.Key);
        span.SetTag("harrier.venue", settings.Venue);
        span.SetTag("harrier.symbol", instrument.Symbol);
        span.SetTag("harrier.order.id", order.Id.ToString());
        span.SetTag("harrier.order.side", intent.Side == OrderSide.Buy ? "buy" : "sell");
        span.SetTag("harrier.order.type", Word(intent.Type));
        span.SetTag("harrier.order.purpose", Word(intent.Purpose));
        span.SetTag("harrier.order.quantity", Number(instrument.ToDecimal(intent.Size)));
        if (_signals[order.Bot.Index] is { } signal && signal.Time == order.SubmittedAt)
        {
            span.AddEvent(new ActivityEvent("signal", TimeOf(signal.Time), new([new("harrier.signal.side", Word(signal.Side)), new("harrier.signal.confidence", signal.Confidence)])));
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset TimeOf(Timestamp time) => time.ToDateTimeOffset();

    private sealed record Signaled(Timestamp Time, SignalSide Side, double Confidence);
}
