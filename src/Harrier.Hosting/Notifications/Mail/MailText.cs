using System.Globalization;
using System.Text;

namespace Harrier.Hosting.Notifications.Mail;

/// <summary>A mail as it crosses the network (RFC 5322, 2045, 2047): headers in ASCII, the text as UTF-8 in Base64, so that no line can be taken for anything else.</summary>
/// <param name="From">Whose it is.</param>
/// <param name="To">Who gets it.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The text.</param>
internal sealed record MailText(string From, IReadOnlyList<string> To, string Subject, string Text)
{
    private const int LineBytes = 57;
    private const int WordBytes = 39;
    private const int LongestSubject = 120;

    /// <summary>All of it.</summary>
    /// <param name="id">What it is known by.</param>
    /// <param name="date">When it is sent.</param>
    public string Write(string id, DateTimeOffset date)
    {
        StringBuilder mail = new();
        Header(mail, "From", From);
        Header(mail, "To", string.Join(", ", To));
        Header(mail, "Subject", Word(Subject.Length <= LongestSubject ? Subject : Subject[..LongestSubject]));
        Header(mail, "Date", date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(mail, "Message-ID", $"<{id}@{From[(From.IndexOf('@', StringComparison.Ordinal) + 1)..]}>");
        Header(mail, "Auto-Submitted", "auto-generated");
        Header(mail, "MIME-Version", "1.0");
        Header(mail, "Content-Type", "text/plain; charset=utf-8");
        Header(mail, "Content-Transfer-Encoding", "base64");
        mail.Append("\r\n");
        byte[] bytes = Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n") + "\r\n");
        for (int at = 0; at < bytes.Length; at += LineBytes)
        {
            mail.Append(Convert.ToBase64String(bytes, at, Math.Min(LineBytes, bytes.Length - at))).Append("\r\n");
        }

        return mail.ToString();
    }

    private static void Header(StringBuilder mail, string name, string value) => mail.Append(name).Append(": ").Append(value).Append("\r\n");

    // Printable ASCII stands as it is; anything else becomes encoded words of whole characters.
    private static string Word(string text)
    {
        if (text.All(static letter => letter is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        List<string> words = [];
        StringBuilder part = new();
        int length = 0;
        foreach (Rune letter in text.EnumerateRunes())
        {
            if (length + letter.Utf8SequenceLength > WordBytes)
            {
                words.Add(Encoded(part.ToString()));
                part.Clear();
                length = 0;
            }

            part.Append(letter.ToString());
            length += letter.Utf8SequenceLength;
        }

        words.Add(Encoded(part.ToString()));
        return string.Join("\r\n ", words);
    }

    private static string Encoded(string part) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(part))}?=";
}
