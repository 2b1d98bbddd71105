namespace Harrier.Testnet.Core;

/// <summary>The assets of an exchange, numbered in the order in which they were first seen.</summary>
internal sealed class AssetTable
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public int Count => _names.Count;

    public string Name(int index) => _names[index];

    /// <summary>The number of an asset, or -1.</summary>
    public int Find(string name) => _indexes.TryGetValue(name, out int index) ? index : -1;

    /// <summary>The number of an asset, given when it is new.</summary>
    public int IndexOf(string name)
    {
        if (!_indexes.TryGetValue(name, out int index))
        {
            index = _names.Count;
            _names.Add(name);
            _indexes.Add(name, index);
        }

        return index;
    }
}
