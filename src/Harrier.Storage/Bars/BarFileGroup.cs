using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>The files of one symbol that are read together.</summary>
/// <param name="Symbol">The symbol; null when only the rows can name it.</param>
/// <param name="Venue">Where the bars were recorded.</param>
/// <param name="Interval">Length of the bars by the names; null when these do not say.</param>
/// <param name="Files">The files in the order of their names.</param>
internal sealed record BarFileGroup(string? Symbol, VenueId Venue, BarSpec? Interval, IReadOnlyList<BarFileContent> Files)
{
    /// <summary>Why other files of the symbol are not read.</summary>
    public IReadOnlyList<BarFinding> Unused { get; init; } = [];

    /// <summary>Chooses by symbol, interval and market, in the order of the symbols asked for.</summary>
    /// <exception cref="BarDataException">A symbol is unknown, or several sets of files fit.</exception>
    public static IReadOnlyList<BarFileGroup> Choose(IReadOnlyList<BarFileContent> files, BarReadOptions options)
    {
        List<string> wanted = [.. options.Symbols.Select(Normalize).Distinct()];
        string[] named = [.. files.Select(file => file.Facts.Symbol).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (named.Length == 0)
        {
            return ChooseUnnamed(files, wanted, options);
        }

        List<BarFileGroup> groups = [];
        foreach (string symbol in wanted.Count > 0 ? wanted : [.. named])
        {
            if (!named.Contains(symbol))
            {
                throw new BarDataException("symbol", symbol, "a symbol of the data: " + string.Join(", ", named));
            }

            groups.Add(ChooseSymbol(symbol, [.. files.Where(file => file.Facts.Symbol == symbol)], options));
        }

        return groups;
    }

    private static string Normalize(string text) =>
        BarFileName.TryNormalizeSymbol(text, out string symbol) ? symbol : throw new BarDataException("symbol", text, "BTCUSDT, BTC/USDT or BTC-USDT");

    // No name holds a symbol: one file is what the caller says it is; several cannot be told apart.
    private static IReadOnlyList<BarFileGroup> ChooseUnnamed(IReadOnlyList<BarFileContent> files, List<string> wanted, BarReadOptions options)
    {
        if (files.Count > 1)
        {
            throw new BarDataException("data", string.Join(", ", files.Take(3).Select(file => file.Name)), "files whose names hold a symbol, as BTCUSDT-1h-2024-01.csv");
        }

        return wanted.Count == 0 ? [ChooseSymbol(null, files, options)] : [.. wanted.Select(symbol => ChooseSymbol(symbol, files, options))];
    }

    private static BarFileGroup ChooseSymbol(string? symbol, IReadOnlyList<BarFileContent> files, BarReadOptions options)
    {
        List<BarFinding> unused = [];
        IReadOnlyList<BarFileContent> sameInterval = ChooseInterval(symbol, files, options.Interval);
        IReadOnlyList<BarFileContent> chosen = ChooseVenue(symbol, sameInterval, options.Market);
        NoteUnused(unused, sameInterval, chosen);
        return new BarFileGroup(symbol, chosen[0].Facts.Venue, chosen[0].Facts.Interval, chosen) { Unused = unused };
    }

    private static IReadOnlyList<BarFileContent> ChooseInterval(string? symbol, IReadOnlyList<BarFileContent> files, BarSpec? asked)
    {
        BarSpec?[] found = [.. files.Select(file => file.Facts.Interval).Distinct()];
        if (found.Length == 1)
        {
            return files;
        }

        if (asked is not { } spec)
        {
            throw new BarDataException("interval", "none given", $"one of {Describe(found)}, in which {symbol} comes");
        }

        // The coarsest that divides the interval asked for needs the least work; a name without interval is the last resort.
        BarSpec? best = found.OfType<BarSpec>().Where(one => spec.IntervalNanos % one.IntervalNanos == 0).Cast<BarSpec?>().MaxBy(one => one!.Value.IntervalNanos);
        BarFileContent[] chosen = [.. files.Where(file => file.Facts.Interval == best)];
        return chosen.Length > 0 ? chosen : throw new BarDataException("interval", spec.ToString(), $"a multiple of one of {Describe(found)}, in which {symbol} comes");
    }

    private static IReadOnlyList<BarFileContent> ChooseVenue(string? symbol, IReadOnlyList<BarFileContent> files, InstrumentKind market)
    {
        VenueId[] venues = [.. files.Select(file => file.Facts.Venue).Distinct()];
        if (venues.Length == 1)
        {
            return files;
        }

        VenueId[] fitting = [.. venues.Where(venue => BarFileName.MarketOf(venue) == market)];
        return fitting.Length == 1
            ? [.. files.Where(file => file.Facts.Venue == fitting[0])]
            : throw new BarDataException("data", $"{symbol} of {string.Join(", ", venues)}", "files of one venue; name one file, or choose by market spot or perp");
    }

    private static void NoteUnused(List<BarFinding> unused, IReadOnlyList<BarFileContent> candidates, IReadOnlyList<BarFileContent> chosen)
    {
        string[] names = [.. candidates.Except(chosen).Select(file => file.Name)];
        if (names.Length > 0)
        {
            unused.Add(new BarFinding(BarFindingKind.UnusedFile, names.Length, $"not of the market asked for: {string.Join(", ", names.Take(5))}", []));
        }
    }

    private static string Describe(BarSpec?[] specs) =>
        string.Join(", ", specs.OrderBy(spec => spec?.IntervalNanos ?? 0).Select(spec => spec?.ToString() ?? "(not in the name)"));
}
