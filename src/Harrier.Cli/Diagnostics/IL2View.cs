namespace Harrier.Cli.Diagnostics;

/// <summary>Shows a diagnostic session.</summary>
internal interface IL2View : IDisposable
{
    /// <summary>A second went by.</summary>
    void Show(L2Snapshot snapshot);

    /// <summary>Something was recorded.</summary>
    void Record(DiagnosticRecord record);

    /// <summary>The session is over.</summary>
    void End(DiagnosticSession session);

    /// <summary>A line for people beside the data.</summary>
    void Warn(string line);
}
