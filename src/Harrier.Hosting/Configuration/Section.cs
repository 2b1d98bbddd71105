using System.Globalization;
using System.Text.Json.Nodes;
using Harrier.Domain;
using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Configuration;

/// <summary>An object of the configuration while it is read: every fault is noted with its path, and reading goes on, so that all are shown at once.</summary>
internal sealed class Section
{
    // Beside one of these a misspelt key may hold a secret.
    private static readonly string[] SecretKeys = ["token", "password", "secret"];

    private readonly JsonObject _values;
    private readonly string _path;
    private readonly List<string> _faults;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public Section(JsonObject values, string path, List<string> faults) => (_values, _path, _faults) = (values, path, faults);

    /// <summary>True for settings that the program stored itself.</summary>
    public bool IsStored { get; init; }

    /// <summary>The path of a key, such as accounts[0].bots[1].symbol.</summary>
    public string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    public void Fault(string key, string value, string allowed) => _faults.Add($"{PathOf(key)}: {value}: {allowed}");

    public void Fault(StrategyFault fault) => Fault(fault.Field, fault.Value, fault.Allowed);

    /// <summary>Whether a key is there.</summary>
    public bool Has(string key)
    {
        _known.Add(key);
        return _values[key] is not null;
    }

    /// <summary>A list of single values, as texts; empty where there is none.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        _known.Add(key);
        if (_values[key] is not { } node)
        {
            return [];
        }

        if (node is JsonArray list && list.All(static item => item is JsonValue))
        {
            return [.. list.Select(static item => TextOf((JsonValue)item!))];
        }

        Fault(key, node.ToJsonString(), "a list of single values");
        return [];
    }

    /// <summary>A text; null where there is none.</summary>
    public string? Optional(string key)
    {
        _known.Add(key);
        if (_values[key] is not { } node)
        {
            return null;
        }

        if (node is JsonValue value)
        {
            return TextOf(value);
        }

        Fault(key, node.ToJsonString(), "a single value");
        return null;
    }

    /// <summary>A text that must be there; empty where it is not.</summary>
    public string Required(string key, string allowed)
    {
        bool isThere = _values[key] is not null;
        string text = Optional(key) ?? "";
        if (!isThere)
        {
            Fault(key, "none given", allowed);
        }

        return text;
    }

    /// <summary>A number between two limits.</summary>
    public decimal Number(string key, decimal fallback, decimal min, decimal max)
    {
        if (Optional(key) is not { } text)
        {
            return fallback;
        }

        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value >= min && value <= max)
        {
            return value;
        }

        Fault(key, text, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"));
        return fallback;
    }

    /// <summary>A fraction above 0; null for none, which the word none says where there is a fallback.</summary>
    public decimal? Fraction(string key, decimal? fallback, decimal max)
    {
        string? text = Optional(key);
        if (text is null or "none")
        {
            return text is null ? fallback : null;
        }

        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value > 0 && value <= max)
        {
            return value;
        }

        Fault(key, text, string.Create(CultureInfo.InvariantCulture, $"a fraction above 0 and at most {max}, such as 0.03, or none"));
        return fallback;
    }

    /// <summary>A number between two limits, or null for the word none.</summary>
    public decimal? NumberOrNone(string key, decimal? fallback, decimal min, decimal max)
    {
        if (Optional(key) is not { } text)
        {
            return fallback;
        }

        if (text == "none")
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value >= min && value <= max)
        {
            return value;
        }

        Fault(key, text, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}, or none"));
        return fallback;
    }

    /// <summary>A count between two limits.</summary>
    public int Count(string key, int fallback, int min, int max)
    {
        if (Optional(key) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max)
        {
            return value;
        }

        Fault(key, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"));
        return fallback;
    }

    /// <summary>A count between two limits, or null for the word none.</summary>
    public int? CountOrNone(string key, int? fallback, int min, int max)
    {
        if (Optional(key) is not { } text)
        {
            return fallback;
        }

        if (text == "none")
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max)
        {
            return value;
        }

        Fault(key, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}, or none"));
        return fallback;
    }

    /// <summary>One of some words, as its place in the list.</summary>
    public int Choice(string key, int fallback, IReadOnlyList<string> words)
    {
        if (Optional(key) is not { } text)
        {
            return fallback;
        }

        for (int i = 0; i < words.Count; i++)
        {
            if (words[i] == text)
            {
                return i;
            }
        }

        Fault(key, text, "one of " + string.Join(", ", words));
        return fallback;
    }

    /// <summary>An object within this one; an empty one where there is none.</summary>
    public Section Child(string key)
    {
        _known.Add(key);
        if (_values[key] is { } node and not JsonObject)
        {
            Fault(key, node.ToJsonString(), "an object");
        }

        return new Section(_values[key] as JsonObject ?? [], PathOf(key), _faults);
    }

    /// <summary>A length of time; null for none.</summary>
    public BarSpec? Length(string key, string allowed)
    {
        if (Optional(key) is not { } text)
        {
            return null;
        }

        if (BarSpec.TryParse(text, out BarSpec spec) && spec.IsTime)
        {
            return spec;
        }

        Fault(key, text, allowed);
        return null;
    }

    /// <summary>Names and values of an object, as texts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string key)
    {
        _known.Add(key);
        if (_values[key] is not { } node)
        {
            return [];
        }

        if (node is JsonObject pairs && pairs.All(static pair => pair.Value is JsonValue))
        {
            return [.. pairs.Select(static pair => KeyValuePair.Create(pair.Key, TextOf((JsonValue)pair.Value!)))];
        }

        Fault(key, node.ToJsonString(), "an object of names and single values");
        return [];
    }

    /// <summary>The objects of a list that must hold at least one.</summary>
    public IReadOnlyList<Section> Sections(string key)
    {
        _known.Add(key);
        if (_values[key] is JsonArray { Count: > 0 } list && list.All(static item => item is JsonObject))
        {
            return [.. list.Select((item, i) => new Section((JsonObject)item!, $"{PathOf(key)}[{i}]", _faults) { IsStored = IsStored })];
        }

        Fault(key, _values[key]?.ToJsonString() ?? "none given", "a list of at least one object");
        return [];
    }

    /// <summary>Notes every key that nothing asked for.</summary>
    public void RefuseOthers()
    {
        foreach ((string key, JsonNode? value) in _values)
        {
            if (!_known.Contains(key))
            {
                string meant = NearestName.Find(key, _known) is { } nearest ? $"unknown, did you mean {nearest}? " : "unknown, ";
                Fault(key, SecretKeys.Any(_known.Contains) ? "***" : Shown(value), $"{meant}one of {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
            }
        }
    }

    // A misspelt key may hold what a connection string holds: a password, which faults must not repeat.
    private static string Shown(JsonNode? value)
    {
        string text = value?.ToJsonString() ?? "null";
        bool mayHoldPassword = text.Contains("assword", StringComparison.OrdinalIgnoreCase) || (text.Contains("://", StringComparison.Ordinal) && text.Contains('@', StringComparison.Ordinal));
        return mayHoldPassword ? "***" : text;
    }

    private static string TextOf(JsonValue value) => value.TryGetValue(out string? text) ? text : value.ToJsonString();
}
