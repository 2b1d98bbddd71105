using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Harrier.Hosting.Notifications;

/// <summary>The texts of notifications in one language. Names, numbers, rules and reasons stay as they are everywhere.</summary>
public sealed class Language
{
    private const string Folder = "Harrier.Hosting.Notifications.Texts.";
    private static readonly Lazy<IReadOnlyDictionary<string, Language>> Known = new(Load);

    private readonly Dictionary<string, string> _texts;

    private Language(string code, Dictionary<string, string> texts) => (Code, _texts) = (code, texts);

    /// <summary>Codes of ISO 639-1 of all languages, sorted.</summary>
    public static IReadOnlyList<string> Codes => [.. Known.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The language that everything is written in first.</summary>
    public static Language English => Of("en");

    /// <summary>The code of this one.</summary>
    public string Code { get; }

    /// <summary>The texts by key.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>A language.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that code.</exception>
    public static Language Of(string code) => Known.Value[code];

    /// <summary>All of a notification.</summary>
    public string Of(Notification notification)
    {
        ArgumentNullException.ThrowIfNull(notification);
        string text = string.Join('\n', notification.Lines.Select(Of));
        return notification.Repeats == 0 ? text : Of(new LocalText("repeated", ("text", text), ("count", notification.Repeats.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>A line.</summary>
    public string Of(LocalText line)
    {
        ArgumentNullException.ThrowIfNull(line);
        string pattern = _texts[line.Key];
        StringBuilder text = new(pattern.Length + 32);
        int at = 0;
        while (pattern.IndexOf('{', at) is >= 0 and int open)
        {
            int close = pattern.IndexOf('}', open);
            text.Append(pattern, at, open - at).Append(ValueOf(line, pattern[(open + 1)..close]));
            at = close + 1;
        }

        return text.Append(pattern, at, pattern.Length - at).ToString().TrimEnd();
    }

    private static string ValueOf(LocalText line, string name)
    {
        foreach ((string known, string value) in line.Values)
        {
            if (known == name)
            {
                return value;
            }
        }

        return "";
    }

    private static Dictionary<string, Language> Load()
    {
        Dictionary<string, Language> languages = new(StringComparer.Ordinal);
        Assembly assembly = typeof(Language).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using Stream file = assembly.GetManifestResourceStream(name)!;
            string code = Path.GetFileNameWithoutExtension(name[Folder.Length..]);
            languages[code] = new Language(code, JsonSerializer.Deserialize<Dictionary<string, string>>(file)!);
        }

        return languages;
    }
}
