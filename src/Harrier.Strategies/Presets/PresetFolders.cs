using Harrier.Engine.Strategies;

namespace Harrier.Strategies.Presets;

/// <summary>
/// Finds presets by name: <c>NAME.json</c> in the user's folder of presets, then in the one that comes with the program; a path names a file.
/// </summary>
/// <param name="folders">Where to look, the first first; those that do not exist are passed over.</param>
public sealed class PresetFolders(params IReadOnlyList<string> folders)
{
    private const string Extension = ".json";

    /// <summary>The user's folder, <c>presets</c> where the program was started, and the one beside the program.</summary>
    public static PresetFolders Usual() => new("presets", Path.Combine(AppContext.BaseDirectory, "presets"));

    /// <summary>Names of all presets, in order.</summary>
    public IReadOnlyList<string> Names() =>
    [
        .. folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Extension))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What the file of a preset says.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="PresetException">There is none.</exception>
    public string Text(string name) => folders.Select(folder => Path.Combine(folder, name + Extension)).FirstOrDefault(File.Exists) is { } file && Names().Contains(name)
        ? File.ReadAllText(file)
        : throw new PresetException("preset", name, "one of " + string.Join(", ", Names()));

    /// <summary>Finds and reads one.</summary>
    /// <param name="name">Its name, or a path to a file.</param>
    /// <exception cref="PresetException">There is none, or something in it is not allowed.</exception>
    public Preset Find(string name)
    {
        string[] places = name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? [name] : [.. folders.Select(folder => Path.Combine(folder, name + Extension))];
        string? file = Array.Find(places, File.Exists);
        if (file is null)
        {
            IReadOnlyList<string> names = Names();
            string nearest = NearestName.Find(name, names) is { } near ? $"no such preset, {near} is the nearest known" : "a file, or one of " + string.Join(", ", names);
            throw new PresetException("preset", name, nearest);
        }

        try
        {
            return PresetReader.Read(File.ReadAllBytes(file), Path.GetFileName(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PresetException("preset", name, fault.Message);
        }
    }
}
