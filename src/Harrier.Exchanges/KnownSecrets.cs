using System.Text.Encodings.Web;

namespace Harrier.Exchanges;

/// <summary>Every <see cref="Secret"/> that is in use, for who writes text that others read: it cannot be asked for one, only to hide them. Safe to use from any thread.</summary>
public static class KnownSecrets
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Hidden = "***";

    /// <summary>Characters of the shortest secret that is looked for: anything shorter stands in ordinary words.</summary>
    public const int Shortest = 4;

    private static readonly Lock Gate = new();
    private static readonly List<WeakReference<Secret>> All = [];
    private static int _lookAt = 64;

    /// <summary>The text without any of them: as they are, as they stand in an address, and as they stand in JSON.</summary>
    public static string Hide(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (string form in Forms())
        {
            text = text.Replace(form, Hidden, StringComparison.Ordinal);
        }

        return text;
    }

    // A secret that nobody holds any more needs no hiding; the list does not grow with those that come and go.
    internal static void Add(Secret secret)
    {
        lock (Gate)
        {
            if (All.Count >= _lookAt)
            {
                All.RemoveAll(static one => !one.TryGetTarget(out _));
                _lookAt = Math.Max(64, All.Count * 2);
            }

            All.Add(new WeakReference<Secret>(secret));
        }
    }

    // The longest first: one may begin as another does, and its rest would stay.
    private static List<string> Forms()
    {
        List<string> forms = [];
        lock (Gate)
        {
            foreach (WeakReference<Secret> one in All)
            {
                if (one.TryGetTarget(out Secret? secret) && secret.Reveal() is { Length: >= Shortest } value)
                {
                    forms.Add(value);
                    AddOther(forms, value, Uri.EscapeDataString(value));
                    AddOther(forms, value, JavaScriptEncoder.Default.Encode(value));
                    AddOther(forms, value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value));
                }
            }
        }

        forms.Sort(static (a, b) => b.Length.CompareTo(a.Length));
        return forms;
    }

    private static void AddOther(List<string> forms, string value, string form)
    {
        if (form != value)
        {
            forms.Add(form);
        }
    }
}
