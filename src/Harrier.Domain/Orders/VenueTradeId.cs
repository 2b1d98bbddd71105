namespace Harrier.Domain;

/// <summary>A venue's own id of an execution: a whole number or a UUID, kept exactly in 16 bytes.</summary>
public readonly record struct VenueTradeId
{
    private readonly NativeId _id;

    /// <summary>The id that is this number.</summary>
    public VenueTradeId(long number) => _id = NativeId.Of(number);

    private VenueTradeId(NativeId id) => _id = id;

    /// <summary>Upper 8 bytes; 0 for a number that is not negative.</summary>
    public ulong High => _id.High;

    /// <summary>Lower 8 bytes; the number itself, where it is one.</summary>
    public ulong Low => _id.Low;

    /// <summary>True when it was made by <see cref="Derive"/>, not by a venue.</summary>
    public bool IsDerived => _id.IsDerived;

    /// <summary>Every number is an id.</summary>
    public static implicit operator VenueTradeId(long number) => new(number);

    /// <summary>The id from its two halves.</summary>
    public static VenueTradeId FromParts(ulong high, ulong low) => new(new NativeId(high, low));

    /// <summary>The id of something that Harrier concluded and no venue told: the same facts always give the same id, also after a restart.</summary>
    /// <param name="facts">What identifies it, as text.</param>
    public static VenueTradeId Derive(string facts) => new(NativeId.Derive(facts));

    /// <summary>Reads 1 to 19 digits without leading zeros, or a UUID with dashes, in UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out VenueTradeId id)
    {
        bool isRead = NativeId.TryParse(utf8, out NativeId native);
        id = new VenueTradeId(native);
        return isRead;
    }

    /// <summary>Reads 1 to 19 digits without leading zeros, or a UUID with dashes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out VenueTradeId id)
    {
        bool isRead = NativeId.TryParse(text, out NativeId native);
        id = new VenueTradeId(native);
        return isRead;
    }

    /// <summary>The venue's text: digits, or a UUID in lower case.</summary>
    public override string ToString() => _id.ToString();
}
