using System.Text.RegularExpressions;
using Harrier.Exchanges;

namespace Harrier.Hosting.Logging;

/// <summary>
/// Takes what must stay secret out of a text that somebody may read: the secrets that this process holds, and what looks like one by where it stands - a header of credentials, a parameter or member with a telling
/// name, a private key, a name and password in an address, tokens of known shapes. It rather hides too much than too little.
/// </summary>
/// <param name="known">Hides the secrets that are known.</param>
public sealed partial class Redaction(Func<string, string> known)
{
    private const string Hidden = KnownSecrets.Hidden;

    /// <summary>The one of this process.</summary>
    public static Redaction OfProcess { get; } = new(KnownSecrets.Hide);

    /// <summary>The text without secrets.</summary>
    public string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = known(text);
        text = PrivateKey().Replace(text, Hidden);
        text = UserInfo().Replace(text, "://" + Hidden + "@");
        text = Headers().Replace(text, "$1" + Hidden);
        text = Scheme().Replace(text, "$1 " + Hidden);
        text = Named().Replace(text, "$1" + Hidden);
        text = Parameter().Replace(text, "$1" + Hidden);
        return Token().Replace(text, Hidden);
    }

    /// <summary>Whether a value is secret by its name alone.</summary>
    public static bool IsSecret(string name) => TellingName().IsMatch(name) || Name().IsMatch(name);

    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex PrivateKey();

    // A password may hold an @: the last one before the host ends it.
    [GeneratedRegex(@"://[^\s/?#""'<>]*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    // Credentials have several words; they end with the line, or with the text that quotes them.
    [GeneratedRegex(@"(\b(?:proxy-)?authorization\b""?\s*[:=]\s*""?|\b(?:set-)?cookie\b""?\s*[:=]\s*""?)[^\r\n""]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Headers();

    [GeneratedRegex(@"\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{4,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    // Each part has a longest length, so that no text, however odd, takes longer than its length says.
    [GeneratedRegex(@"((?:secret|token|password|passwd|passphrase|pwd|api[-_]?key|access[-_]?key|private[-_]?key|listen[-_]?key|signature|credential|session[-_]?id)[\w.-]{0,40}\\?[""']?\s{0,8}[:=]\s{0,8})(?:\\""[^""]*""?|""(?:[^""\\]|\\.)*""?|'[^']*'?|[^\s&,;""'}\])]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    // Short names are parameters only where one is given a value in an address, a form or JSON; in a sentence they are words.
    [GeneratedRegex(@"((?:(?<![\w-])(?:key|sign|sig|hmac|code|otp|auth)|-(?:sign|key))(?:=|\\?""\s{0,8}:\s{0,8}))(?:\\""[^""]*""?|""(?:[^""\\]|\\.)*""?|[^\s&,;""'}\])]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    // Of this service, and of chat bots: number, colon, 30 characters or more.
    [GeneratedRegex(@"\bhrr_[A-Za-z0-9_-]{16,}|(?<!\d)\d{6,}:[A-Za-z0-9_-]{30,}", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("secret|token|password|passwd|passphrase|api[-_]?key|access[-_]?key|private[-_]?key|listen[-_]?key|signature|credential|authorization|cookie|session[-_]?id", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TellingName();

    [GeneratedRegex("^(?:key|pwd|sign|sig|hmac|otp)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
