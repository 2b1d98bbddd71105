using Harrier.Cli.Diagnostics;
using Harrier.Domain;
using Harrier.Engine.Strategies;

namespace Harrier.Cli.Backtests;

/// <summary>Writes what strategies explain as lines of JSON while a run goes on.</summary>
internal sealed class DecisionFile : IDecisionObserver, IDisposable
{
    private readonly DiagnosticFile _file;
    private readonly IReadOnlyList<string> _symbols;

    private DecisionFile(string path, IReadOnlyList<string> symbols)
    {
        _file = DiagnosticFile.Open(path);
        _symbols = symbols;
    }

    /// <inheritdoc cref="DiagnosticFile.Summary"/>
    public string Summary => _file.Summary;

    /// <summary>Opens a file for a run.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="symbols">Symbols by the number of their instrument.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static DecisionFile Open(string path, IReadOnlyList<string> symbols) => new(path, symbols);

    /// <inheritdoc/>
    public void OnDecision(BotId bot, Timestamp time, in StrategyDecision decision, ReadOnlySpan<(string Name, double Value)> payload)
    {
        List<(string Name, object? Value)> values = new(payload.Length);
        foreach ((string name, double value) in payload)
        {
            values.Add((name, double.IsFinite(value) ? value : null));
        }

        _file.Add(new DiagnosticRecord(time, decision.Component, decision.Stage, _symbols[decision.Instrument.Index], values, decision.Reason, decision.Passed));
    }

    /// <inheritdoc cref="DiagnosticFile.Complete"/>
    public void Complete() => _file.Complete();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
