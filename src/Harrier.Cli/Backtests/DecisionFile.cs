using System.Text;
using Harrier.Cli.Diagnostics;
using Harrier.Domain;
using Harrier.Engine.Strategies;

namespace Harrier.Cli.Backtests;

/// <summary>
/// Writes what strategies explain as lines of JSON while a run goes on. The file appears with <see cref="Complete"/>; a run that is stopped or fails leaves an
/// older one as it was.
/// </summary>
internal sealed class DecisionFile : IDecisionObserver, IDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private readonly StreamWriter _lines;
    private readonly DiagnosticSession _session;
    private readonly IReadOnlyList<string> _symbols;

    private DecisionFile(string path, IReadOnlyList<string> symbols)
    {
        _path = path;
        _partial = $"{path}.{Environment.ProcessId}.partial";
        _symbols = symbols;
        _lines = new StreamWriter(_partial, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        _session = new DiagnosticSession(record => _lines.WriteLine(record.ToJson()));
    }

    /// <summary>The session in one line: number of lines, and the most frequent reasons.</summary>
    public string Summary
    {
        get
        {
            string reasons = string.Join(", ", _session.TopReasons.Select(one => FormattableString.Invariant($"{one.Reason} {one.Count}")));
            return FormattableString.Invariant($"diagnostics: {Path.GetFullPath(_path)}: {_session.Events} lines{(reasons.Length > 0 ? "; " + reasons : "")}");
        }
    }

    /// <summary>Opens a file for a run.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="symbols">Symbols by the number of their instrument.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static DecisionFile Open(string path, IReadOnlyList<string> symbols)
    {
        try
        {
            return new DecisionFile(path, symbols);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException("diagnostics", path, $"a file that can be written: {fault.Message}");
        }
    }

    /// <inheritdoc/>
    public void OnDecision(BotId bot, Timestamp time, in StrategyDecision decision, ReadOnlySpan<(string Name, double Value)> payload)
    {
        List<(string Name, object? Value)> values = new(payload.Length);
        foreach ((string name, double value) in payload)
        {
            values.Add((name, double.IsFinite(value) ? value : null));
        }

        _session.Add(new DiagnosticRecord(time, decision.Component, decision.Stage, _symbols[decision.Instrument.Index], values, decision.Reason, decision.Passed));
    }

    /// <summary>The run is over: the file gets its name.</summary>
    public void Complete()
    {
        _lines.Dispose();
        File.Move(_partial, _path, overwrite: true);
    }

    /// <summary>Leaves nothing of a file that was not completed.</summary>
    public void Dispose()
    {
        _lines.Dispose();
        File.Delete(_partial);
    }
}
