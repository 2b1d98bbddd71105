using Harrier.Domain;

namespace Harrier.Storage.Market;

/// <summary>Names a series of the store: rows of one kind of one symbol at one venue.</summary>
/// <param name="Venue">Whose data; <c>sim-...</c> for data of the built-in exchange.</param>
/// <param name="Kind">What the rows are.</param>
/// <param name="Symbol">The venue's symbol, as BTCUSDT.</param>
/// <param name="Interval">Length of the bars; null for anything but bars.</param>
public sealed record SeriesKey(VenueId Venue, SeriesKind Kind, string Symbol, BarSpec? Interval)
{
    /// <summary>A series of bars.</summary>
    public static SeriesKey Bars(VenueId venue, string symbol, BarSpec interval) => new(venue, SeriesKind.Bars, symbol, new BarSpec(interval.IntervalNanos, BarKind.Time, BarSource.Venue));

    /// <summary>The trades of a symbol.</summary>
    public static SeriesKey Trades(VenueId venue, string symbol) => new(venue, SeriesKind.Trades, symbol, null);

    /// <summary>The funding payments of a perpetual contract.</summary>
    public static SeriesKey Funding(VenueId venue, string symbol) => new(venue, SeriesKind.Funding, symbol, null);

    /// <summary>The book snapshots of a symbol.</summary>
    public static SeriesKey Book(VenueId venue, string symbol) => new(venue, SeriesKind.Book, symbol, null);

    /// <summary>The length of the bars as folders and flags name it: 1m, 4h, 1d, 1w; null for anything but bars.</summary>
    public string? IntervalName => Interval is { } spec ? NameOf(spec) : null;

    /// <summary>Venue, symbol, and interval or kind, as messages name a series.</summary>
    public override string ToString() => $"{Venue} {Symbol} {IntervalName ?? Kind.ToString().ToLowerInvariant()}";

    /// <summary>A length of bars as folders name it: whole weeks as weeks, otherwise as <see cref="BarSpec.ToString"/>.</summary>
    public static string NameOf(BarSpec spec)
    {
        const long Week = 7 * Timestamp.NanosPerDay;
        return spec.IntervalNanos % Week == 0 ? FormattableString.Invariant($"{spec.IntervalNanos / Week}w") : spec.ToString();
    }
}
