namespace Harrier.Exchanges.MarketData;

/// <summary>Counts of a decoder; written by its thread, read by any.</summary>
public sealed class DecoderStatistics
{
    /// <summary>Messages taken in.</summary>
    public long Frames { get; set; }

    /// <summary>Of these, read on the quick way.</summary>
    public long Quick { get; set; }

    /// <summary>Messages that could not be read, or too long.</summary>
    public long Malformed { get; set; }

    /// <summary>Messages with a price or size between two steps of the grid.</summary>
    public long OffGrid { get; set; }

    /// <summary>Sizes of book levels rounded down to whole lots: orders from before the venue made its lots larger.</summary>
    public long RoundedSizes { get; set; }

    /// <summary>Messages for a symbol that is not in the directory.</summary>
    public long UnknownSymbols { get; set; }

    /// <summary>Messages of a type that nobody reads.</summary>
    public long UnknownEvents { get; set; }

    /// <summary>Messages left out on purpose, such as trades of the insurance fund.</summary>
    public long Skipped { get; set; }

    /// <summary>JSON properties that are neither read nor known to be left out: the venue has added something.</summary>
    public long UnmappedProperties { get; set; }
}
