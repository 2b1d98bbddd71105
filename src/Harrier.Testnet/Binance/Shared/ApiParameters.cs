using System.Globalization;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>
/// The parameters of one request. Reading is sticky: the first fault is kept, later reads give defaults, and the handler asks once, with
/// <see cref="Finish"/>, before it does anything.
/// </summary>
internal sealed class ApiParameters
{
    /// <summary>What the venue takes for a number.</summary>
    public const string DecimalRange = @"^([0-9]{1,20})(\.[0-9]{1,20})?$";

    /// <summary>What the venue takes for a whole number.</summary>
    public const string IntegerRange = @"^[0-9]{1,20}$";

    /// <summary>What the venue takes for an id of a client.</summary>
    public const string ClientIdRange = @"^[\.A-Z\:/a-z0-9_-]{1,36}$";

    private const int MaxDigits = 20;

    private readonly List<Parameter> _all = [];

    /// <summary>The first fault met.</summary>
    public ApiFault? Fault { get; private set; }

    /// <summary>Number of parameters sent.</summary>
    public int Count => _all.Count;

    /// <summary>Names and values as sent, decoded.</summary>
    public IEnumerable<KeyValuePair<string, string>> Items => _all.Select(p => KeyValuePair.Create(p.Name, p.Value));

    /// <summary>Empties for the next request.</summary>
    public void Reset()
    {
        _all.Clear();
        Fault = null;
    }

    /// <summary>Adds a parameter as sent. A name that is there already is a fault, or, from a body, of no effect.</summary>
    public void Add(string name, string value, bool isFromBody = false)
    {
        if (IndexOf(name) < 0)
        {
            _all.Add(new Parameter(name, value, isFromBody));
        }
        else if (_all[IndexOf(name)].IsFromBody == isFromBody)
        {
            Fail(ApiFault.Bad(-1101, "Duplicate values for a parameter detected."));
        }
    }

    /// <summary>Keeps the first fault.</summary>
    public void Fail(ApiFault fault) => Fault ??= fault;

    /// <summary>Whether a parameter was sent, without reading it.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>The value without marking it as read.</summary>
    public string? Peek(string name) => IndexOf(name) is >= 0 and int index ? _all[index].Value : null;

    /// <summary>Takes parameters as read, where they were sent.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            _ = Read(name);
        }
    }

    /// <summary>A text that must be there.</summary>
    public string Required(string name)
    {
        string? value = Read(name);
        if (string.IsNullOrEmpty(value))
        {
            Fail(ApiFault.Missing(name));
        }

        return value ?? "";
    }

    /// <summary>A text, or null where it was not sent; empty is a fault.</summary>
    public string? Text(string name)
    {
        string? value = Read(name);
        if (value is { Length: 0 })
        {
            Fail(ApiFault.Empty(name));
        }

        return value;
    }

    /// <summary>An amount, price or rate, or null; more than 20 digits on a side or anything but digits and a point is a fault.</summary>
    public decimal? Decimal(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        int point = text.IndexOf('.', StringComparison.Ordinal);
        ReadOnlySpan<char> whole = point < 0 ? text : text.AsSpan(0, point);
        ReadOnlySpan<char> fraction = point < 0 ? [] : text.AsSpan(point + 1);
        if (!IsDigits(whole) || (point >= 0 && !IsDigits(fraction)))
        {
            Fail(ApiFault.IllegalCharacters(name, DecimalRange));
            return null;
        }

        if (fraction.TrimEnd('0').Length > 8)
        {
            Fail(ApiFault.TooPrecise(name));
            return null;
        }

        return decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }

    /// <summary>An amount that must be there.</summary>
    public decimal RequiredDecimal(string name)
    {
        decimal? value = Decimal(name);
        if (value is null)
        {
            Fail(ApiFault.Missing(name));
        }

        return value ?? 0;
    }

    /// <summary>A whole number, or null.</summary>
    public long? Integer(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!IsDigits(text))
        {
            Fail(ApiFault.IllegalCharacters(name, IntegerRange));
            return null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            Fail(ApiFault.BadValue(name));
            return null;
        }

        return value;
    }

    /// <summary>A whole number within bounds, or the default where it was not sent; outside is a fault or cut to the bound.</summary>
    public int Limit(string name, int standard, int max)
    {
        long value = Integer(name) ?? standard;
        if (value < 1)
        {
            Fail(ApiFault.BadValue(name));
            return standard;
        }

        return (int)Math.Min(value, max);
    }

    /// <summary><c>true</c> or <c>false</c> in any case, or null.</summary>
    public bool? Flag(string name)
    {
        string? text = Text(name);
        if (text is null)
        {
            return null;
        }

        if (bool.TryParse(text, out bool value))
        {
            return value;
        }

        Fail(ApiFault.BadValue(name));
        return null;
    }

    /// <summary>An id that a client chose, or null.</summary>
    public string? ClientId(string name)
    {
        string? text = Text(name);
        if (text is null)
        {
            return null;
        }

        bool isLegal = text.Length <= 36;
        foreach (char letter in text)
        {
            isLegal &= char.IsAsciiLetterOrDigit(letter) || letter is '.' or ':' or '/' or '_' or '-';
        }

        if (!isLegal)
        {
            Fail(ApiFault.IllegalCharacters(name, ClientIdRange));
        }

        return text;
    }

    /// <summary>The first fault, which may be that something was sent that nobody read.</summary>
    public ApiFault? Finish()
    {
        if (Fault is null)
        {
            int read = 0;
            foreach (Parameter parameter in _all)
            {
                read += parameter.IsRead ? 1 : 0;
            }

            if (read < _all.Count)
            {
                Fail(read == 0 ? ApiFault.TooMany(0, _all.Count) : ApiFault.Unread(read, _all.Count));
            }
        }

        return Fault;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxDigits && !text.ContainsAnyExceptInRange('0', '9');

    private string? Read(string name)
    {
        int index = IndexOf(name);
        if (index < 0)
        {
            return null;
        }

        _all[index].IsRead = true;
        return _all[index].Value;
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < _all.Count; i++)
        {
            if (string.Equals(_all[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private sealed class Parameter(string name, string value, bool isFromBody)
    {
        public string Name { get; } = name;

        public string Value { get; } = value;

        public bool IsFromBody { get; } = isFromBody;

        public bool IsRead { get; set; }
    }
}
