using System.Globalization;
using System.Text;
using Harrier.Domain;

namespace Harrier.Exchanges.Binance;

/// <summary>
/// The parameters of a call in the order they are sent. Empty values are left out, because the venue refuses them; numbers are written
/// in plain digits whatever the machine's culture.
/// </summary>
internal sealed class RequestParameters
{
    private readonly List<KeyValuePair<string, string>> _items = [];

    public IReadOnlyList<KeyValuePair<string, string>> Items => _items;

    public static string Text(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);

    public RequestParameters Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _items.Add(new KeyValuePair<string, string>(name, value));
        }

        return this;
    }

    public RequestParameters Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public RequestParameters Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public RequestParameters Add(string name, VenueOrderId? value) => Add(name, value?.ToString());

    public RequestParameters Add(string name, decimal value) => Add(name, Text(value));

    public RequestParameters AddUnlessZero(string name, decimal value) => value == 0 ? this : Add(name, value);

    /// <summary>Percent-encoded in UTF-8, joined as a query or form: what is signed on REST.</summary>
    public string Encoded()
    {
        StringBuilder text = new();
        foreach ((string name, string value) in _items)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    /// <summary>Sorted by name and not encoded: what is signed on the WebSocket API.</summary>
    public string Sorted() =>
        string.Join('&', _items.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => i.Key + "=" + i.Value));
}
