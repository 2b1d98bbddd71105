namespace Harrier.Engine.Strategies;

/// <summary>Named values behind a signal, in the order they were added. Filled only when somebody looks.</summary>
public sealed class SignalMeta
{
    private readonly List<KeyValuePair<string, object?>> _values = [];

    /// <summary>The values.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values => _values;

    /// <summary>Adds a number; NaN and infinity become null.</summary>
    public void Add(string name, double value) => _values.Add(new(name, double.IsFinite(value) ? value : null));

    /// <summary>Adds a count.</summary>
    public void Add(string name, int value) => _values.Add(new(name, value));

    /// <summary>Adds a flag.</summary>
    public void Add(string name, bool value) => _values.Add(new(name, value));

    /// <summary>Adds a word.</summary>
    public void Add(string name, string value) => _values.Add(new(name, value));

    internal void Clear() => _values.Clear();
}
