namespace Harrier.Testnet.Binance.Shared;

/// <summary>Query strings and form bodies.</summary>
internal static class QueryText
{
    /// <summary>Adds the parameters of a query or a body, decoded. A name without a sign of equality has an empty value.</summary>
    public static void Read(string text, ApiParameters into, bool isBody)
    {
        foreach (Range range in text.AsSpan().Split('&'))
        {
            ReadOnlySpan<char> pair = text.AsSpan(range);
            if (pair.IsEmpty)
            {
                continue;
            }

            int equals = pair.IndexOf('=');
            ReadOnlySpan<char> name = equals < 0 ? pair : pair[..equals];
            ReadOnlySpan<char> value = equals < 0 ? [] : pair[(equals + 1)..];
            into.Add(Decode(name), Decode(value), isBody);
        }
    }

    /// <summary>The text as signed: without its <c>signature</c>.</summary>
    public static string WithoutSignature(string text)
    {
        const string name = "signature=";
        int start = text.StartsWith(name, StringComparison.Ordinal) ? 0 : text.IndexOf("&" + name, StringComparison.Ordinal);
        if (start < 0)
        {
            return text;
        }

        int end = text.IndexOf('&', start + 1);
        return end < 0 ? text[..start] : start == 0 ? text[(end + 1)..] : string.Concat(text.AsSpan(0, start), text.AsSpan(end));
    }

    private static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny('%', '+'))
        {
            return text.ToString();
        }

        return Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
    }
}
