using System.Buffers;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Signals;

/// <summary>
/// A real engine that is fed bars and trades nothing: entries are vetoed, and the venue answers no order. The strategy sees itself flat throughout.
/// </summary>
public sealed class SignalProbe : ISignalObserver, ISignalVeto, IVenue
{
    private readonly TradingEngine _engine;
    private readonly ArrayBufferWriter<byte> _meta = new();

    /// <summary>Puts a strategy on an instrument.</summary>
    public SignalProbe(Strategy strategy, Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        _engine = new TradingEngine(
            new EngineOptions
            {
                Account = new AccountId("signal"),
                Run = 1,
                Instruments = [instrument],
                Numeraire = instrument.Quote,
                Bots = [new BotDefinition { Strategy = strategy, Instruments = [instrument.Id], Vetoes = [this] }],
            },
            new EngineSurroundings(this))
        {
            SignalObserver = this,
        };
    }

    /// <summary>What the strategy said at the last bar; a hold without confidence where it said nothing, as while it waits for data.</summary>
    public Signal Signal { get; private set; }

    /// <summary>What is behind it: a JSON object in UTF-8.</summary>
    public ReadOnlySpan<byte> Meta => _meta.WrittenCount > 0 ? _meta.WrittenSpan : "{}"u8;

    /// <summary>The word of a side: BUY, SELL, EXIT, HOLD.</summary>
    public static string Word(SignalSide side) => side switch
    {
        SignalSide.Buy => "BUY",
        SignalSide.Sell => "SELL",
        SignalSide.Exit => "EXIT",
        _ => "HOLD",
    };

    /// <summary>Shows it the next bar.</summary>
    public void Take(in Bar bar)
    {
        Signal = default;
        _meta.ResetWrittenCount();
        _engine.Process(in bar);
    }

    void ISignalObserver.OnSignal(BotId bot, Timestamp time, in Signal signal, SignalMeta meta)
    {
        Signal = signal;
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
}
