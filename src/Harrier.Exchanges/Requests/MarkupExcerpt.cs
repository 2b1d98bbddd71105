using System.Text;

namespace Harrier.Exchanges.Requests;

/// <summary>Makes what a proxy or a firewall sends instead of data fit for one line of a message.</summary>
public static class MarkupExcerpt
{
    private const int Longest = 120;
    private const int Scanned = 4096;

    /// <summary>True when the first character that is not blank opens a tag.</summary>
    public static bool IsMarkup(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> text = body.TrimStart(" \t\r\n"u8);
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        return text.Length > 0 && text[0] == (byte)'<';
    }

    /// <summary>
    /// At most 120 characters of the body's text: without tags, control characters and line breaks. Words of more than 40 characters are
    /// left out, for they may be keys or signatures that the sender repeats.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        StringBuilder line = new();
        foreach (string word in TextOf(body).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string shown = word.Length > 40 ? "***" : word;
            if (line.Length + shown.Length + 1 > Longest)
            {
                return line.Append("...").ToString();
            }

            line.Append(line.Length > 0 ? " " : "").Append(shown);
        }

        return line.Length > 0 ? line.ToString() : "(empty)";
    }

    private static string TextOf(ReadOnlySpan<byte> body)
    {
        StringBuilder text = new();
        bool inTag = false;
        foreach (char c in Encoding.UTF8.GetString(body[..Math.Min(body.Length, Scanned)]))
        {
            inTag = c == '<' || (inTag && c != '>');
            text.Append(inTag || c == '>' || char.IsControl(c) || char.IsWhiteSpace(c) ? ' ' : c);
        }

        return text.ToString();
    }
}
