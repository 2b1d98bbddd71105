using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>Which bars to take out of a file or folder, and what is known better than the file says.</summary>
public sealed record BarReadOptions
{
    /// <summary>The symbols wanted, as BTCUSDT, BTC/USDT or BTC-USDT, in the order in which to return them.</summary>
    /// <value>Empty: every symbol found.</value>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>Length of the bars wanted, a length of time; a multiple of the file's interval is aggregated.</summary>
    /// <value>Null: the file's own interval.</value>
    public BarSpec? Interval { get; init; }

    /// <summary>First UTC day wanted.</summary>
    /// <value>Null: from the first bar.</value>
    public DateOnly? From { get; init; }

    /// <summary>Last UTC day wanted, inclusive; a bar that is not complete at its end is not used.</summary>
    /// <value>Null: to the last bar.</value>
    public DateOnly? To { get; init; }

    /// <summary>Smallest price step in quote currency; every price must be a multiple of it.</summary>
    /// <value>Null: inferred from the decimals of the prices.</value>
    public decimal? TickSize { get; init; }

    /// <summary>Smallest size step in base currency.</summary>
    /// <value>Null: inferred from the decimals of the volumes, at most 8.</value>
    public decimal? LotSize { get; init; }

    /// <summary>Smallest order value in quote currency.</summary>
    /// <value>0: none.</value>
    public decimal MinNotional { get; init; }

    /// <summary>How fills are to be settled. Also decides between files of a spot and of a contract venue in one folder.</summary>
    /// <value>Spot.</value>
    public InstrumentKind Market { get; init; } = InstrumentKind.Spot;

    /// <summary>The start of <see cref="From"/>, or the smallest instant.</summary>
    internal Timestamp RangeStart => From is { } day ? StartOf(day) : new Timestamp(long.MinValue);

    /// <summary>The end of <see cref="To"/>, or the largest instant.</summary>
    internal Timestamp RangeEnd => To is { } day ? StartOf(day) + TimeSpan.FromDays(1) : new Timestamp(long.MaxValue);

    /// <summary>Checks what does not need the data.</summary>
    /// <param name="anyKind">Whether the bars may be of another kind than time.</param>
    /// <exception cref="BarDataException">The range is empty, or a size is not positive.</exception>
    internal void Check(bool anyKind = false)
    {
        if (To < From)
        {
            throw new BarDataException("to", $"{To:yyyy-MM-dd}", $"a day not before from ({From:yyyy-MM-dd})");
        }

        if (!anyKind && Interval is { IsTime: false } other)
        {
            throw new BarDataException("interval", other.ToString(), "a length of time such as 1m, 1h, 1d: files hold bars of time");
        }

        CheckStep("tick", TickSize);
        CheckStep("lot", LotSize);
        if (MinNotional < 0)
        {
            throw new BarDataException("min-notional", FormattableString.Invariant($"{MinNotional}"), "0 or more");
        }
    }

    private static void CheckStep(string field, decimal? step)
    {
        if (step is { } value && (value <= 0 || value.Scale > 18))
        {
            throw new BarDataException(field, FormattableString.Invariant($"{value}"), "above 0 with at most 18 decimals");
        }
    }

    private static Timestamp StartOf(DateOnly day) => Timestamp.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
}
