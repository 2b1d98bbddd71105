using System.Buffers;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;

namespace Harrier.Cli.Verbs;

/// <summary>
/// A real engine that is fed bars and trades nothing: entries are vetoed, and the venue answers no order. The strategy sees itself flat
/// throughout.
/// </summary>
internal sealed class SignalRun : ISignalObserver, ISignalVeto, IVenue
{
    private readonly BarSeries _bars;
    private readonly TradingEngine _engine;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _meta = new();
    private Signal _signal;

    /// <summary>Puts a strategy on a series of bars.</summary>
    public SignalRun(Strategy strategy, BarSeries bars)
    {
        _bars = bars;
        _engine = new TradingEngine(
            new EngineOptions
            {
                Account = new AccountId("signal"),
                Run = 1,
                Instruments = [bars.Instrument],
                Numeraire = bars.Instrument.Quote,
                Bots = [new BotDefinition { Strategy = strategy, Instruments = [bars.Instrument.Id], Vetoes = [this] }],
            },
            new EngineSurroundings(this))
        {
            SignalObserver = this,
        };
    }

    /// <summary>
    /// Writes one line per bar, labeled with the bar's open time: as JSON, or as text. A bar at which the strategy says nothing, as while it
    /// waits for data, is a HOLD without confidence; of several signals at one bar the last is shown.
    /// </summary>
    /// <exception cref="OperationCanceledException">The user stopped it; the lines written until then are whole.</exception>
    public void WriteTo(TextWriter output, bool asJson, CancellationToken stop)
    {
        foreach (ref readonly Bar bar in _bars.Bars)
        {
            stop.ThrowIfCancellationRequested();
            _signal = default;
            _meta.ResetWrittenCount();
            _engine.Process(in bar);
            output.Write(asJson ? ToJson(bar.OpenTime) : ToText(bar.OpenTime));
            output.Write('\n');
        }
    }

    void ISignalObserver.OnSignal(BotId bot, Timestamp time, in Signal signal, SignalMeta meta)
    {
        _signal = signal;
        _meta.ResetWrittenCount();
        using Utf8JsonWriter json = new(_meta);
        json.WriteStartObject();
        foreach ((string name, object? value) in meta.Values)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value);
        }

        json.WriteEndObject();
    }

    bool ISignalVeto.Allows(in Signal signal) => false;

    void IVenue.Submit(ApprovedOrder order)
    {
    }

    void IVenue.Cancel(ClientOrderId order)
    {
    }

    private static string Word(SignalSide side) => side switch
    {
        SignalSide.Buy => "BUY",
        SignalSide.Sell => "SELL",
        SignalSide.Exit => "EXIT",
        _ => "HOLD",
    };

    private ReadOnlySpan<byte> Meta => _meta.WrittenCount > 0 ? _meta.WrittenSpan : "{}"u8;

    private string ToJson(Timestamp time)
    {
        _line.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_line))
        {
            json.WriteStartObject();
            json.WriteString("time", time.ToString());
            json.WriteString("signal", Word(_signal.Side));
            json.WriteNumber("confidence", _signal.Confidence);
            json.WritePropertyName("meta");
            json.WriteRawValue(Meta);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(_line.WrittenSpan);
    }

    private string ToText(Timestamp time) =>
        FormattableString.Invariant($"{time} {Word(_signal.Side),-4} {_signal.Confidence:0.000} {Encoding.UTF8.GetString(Meta)}");
}
