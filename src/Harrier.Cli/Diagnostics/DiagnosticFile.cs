using System.Text;

namespace Harrier.Cli.Diagnostics;

/// <summary>
/// The records of a session as lines of JSON in a file. It appears with <see cref="Complete"/>; a run that is stopped or fails leaves an older one as it was.
/// </summary>
internal sealed class DiagnosticFile : IDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private readonly StreamWriter _lines;
    private readonly DiagnosticSession _session;

    private DiagnosticFile(string path)
    {
        _path = path;
        _partial = $"{path}.{Environment.ProcessId}.partial";
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

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it goes.</param>
    /// <exception cref="InputException">It cannot be written.</exception>
    public static DiagnosticFile Open(string path)
    {
        try
        {
            return new DiagnosticFile(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException("diagnostics", path, $"a file that can be written: {fault.Message}");
        }
    }

    /// <summary>Adds a line.</summary>
    public void Add(DiagnosticRecord record) => _session.Add(record);

    /// <summary>The session is over: the file gets its name.</summary>
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
