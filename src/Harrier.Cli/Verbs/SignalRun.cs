using System.Buffers;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Signals;

namespace Harrier.Cli.Verbs;

/// <summary>Shows what a strategy says at each bar of a series, without trading.</summary>
internal sealed class SignalRun(Strategy strategy, BarSeries bars)
{
    private readonly SignalProbe _probe = new(strategy, bars.Instrument);
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>
    /// Writes one line per bar, labeled with the bar's open time: as JSON, or as text. A bar at which the strategy says nothing, as while it
    /// waits for data, is a HOLD without confidence; of several signals at one bar the last is shown.
    /// </summary>
    /// <exception cref="OperationCanceledException">The user stopped it; the lines written until then are whole.</exception>
    public void WriteTo(TextWriter output, bool asJson, CancellationToken stop)
    {
        foreach (ref readonly Bar bar in bars.Bars)
        {
            stop.ThrowIfCancellationRequested();
            _probe.Take(in bar);
            output.Write(asJson ? ToJson(bar.OpenTime) : ToText(bar.OpenTime));
            output.Write('\n');
        }
    }

    private string ToJson(Timestamp time)
    {
        _line.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_line))
        {
            json.WriteStartObject();
            json.WriteString("time", time.ToString());
            json.WriteString("signal", SignalProbe.Word(_probe.Signal.Side));
            json.WriteNumber("confidence", _probe.Signal.Confidence);
            json.WritePropertyName("meta");
            json.WriteRawValue(_probe.Meta);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(_line.WrittenSpan);
    }

    private string ToText(Timestamp time) =>
        FormattableString.Invariant($"{time} {SignalProbe.Word(_probe.Signal.Side),-4} {_probe.Signal.Confidence:0.000} {Encoding.UTF8.GetString(_probe.Meta)}");
}
