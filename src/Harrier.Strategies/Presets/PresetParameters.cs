using System.Collections;
using System.Reflection;
using Harrier.Engine.Strategies;

namespace Harrier.Strategies.Presets;

/// <summary>What a preset says to a strategy: its keys and the strategy's parameters have the same names.</summary>
public static class PresetParameters
{
    /// <summary>The sections that say when to enter; the others are for the platform.</summary>
    private static readonly string[] _sections = ["signal_config", "levels_rules", "density_config", "position_config"];

    /// <summary>What is followed by the platform, all of it: see <see cref="PresetRules"/>.</summary>
    private static readonly string[] _followed = ["execution_config", "position_config", "risk"];

    /// <summary>The values that a strategy takes from a preset, as texts, by the names of its parameters.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="strategy">The strategy.</param>
    /// <exception cref="PresetException">The strategy has no parameter of which the preset says anything.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Preset preset, StrategyDescriptor strategy)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentNullException.ThrowIfNull(strategy);
        HashSet<string> known = [.. strategy.Parameters.Select(parameter => parameter.Name)];
        KeyValuePair<string, string>[] values = [.. Values(preset).Where(value => known.Contains(value.Key))];
        return values.Length > 0
            ? values
            : throw new PresetException("preset", preset.Name, $"for a strategy on levels or walls, such as BREAKOUT_MOMENTUM: {strategy.Key} takes nothing of it");
    }

    /// <summary>The keys of any preset that a run on recorded bars does not follow, as <c>section.key</c>, or <c>section</c> where it is all of one.</summary>
    /// <param name="strategy">The strategy.</param>
    public static IReadOnlyList<string> NotFollowed(StrategyDescriptor strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        HashSet<string> known = [.. strategy.Parameters.Select(parameter => parameter.Name)];
        List<string> keys = [];
        foreach (PropertyInfo section in typeof(Preset).GetProperties().Where(IsSection))
        {
            string name = PresetReader.KeyOf(section);
            if (_followed.Contains(name))
            {
                continue;
            }

            string[] all = [.. section.PropertyType.GetProperties().Select(PresetReader.KeyOf)];
            string[] left = _sections.Contains(name) ? [.. all.Where(key => !known.Contains(key))] : all;
            keys.AddRange(left.Length == all.Length ? [name] : left.Select(key => $"{name}.{key}"));
        }

        return keys;
    }

    private static IEnumerable<KeyValuePair<string, string>> Values(Preset preset)
    {
        foreach (PropertyInfo section in typeof(Preset).GetProperties().Where(one => IsSection(one) && _sections.Contains(PresetReader.KeyOf(one))))
        {
            object values = section.GetValue(preset)!;
            foreach (PropertyInfo property in section.PropertyType.GetProperties())
            {
                if (property.GetValue(values) is { } value and not IEnumerable)
                {
                    yield return KeyValuePair.Create(PresetReader.KeyOf(property), StrategyParameterDescriptor.Format(value));
                }
            }
        }
    }

    private static bool IsSection(PropertyInfo property) => property.PropertyType != typeof(string);
}
