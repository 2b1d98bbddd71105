using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Research.Portfolios;

/// <summary>Prices of several assets in one numeraire at the same instants: the closes of bars that all symbols have.</summary>
/// <param name="Assets">The assets besides the numeraire, by code.</param>
/// <param name="Times">The instants, ascending.</param>
/// <param name="Prices">A row for each asset, a price for each instant.</param>
public sealed record AlignedPrices(IReadOnlyList<Asset> Assets, IReadOnlyList<Timestamp> Times, IReadOnlyList<double[]> Prices)
{
    /// <summary>Reads them.</summary>
    /// <param name="series">Bars of one length, a history for each symbol.</param>
    /// <param name="numeraire">What to price in.</param>
    /// <param name="most">How many of the newest instants to keep, 3 or more.</param>
    /// <param name="stop">To give up.</param>
    /// <exception cref="PortfolioInputException">An asset is not quoted in the numeraire, over others if need be.</exception>
    public static AlignedPrices Of(IReadOnlyList<BarHistory> series, Asset numeraire, int most, CancellationToken stop)
    {
        Asset[] assets = [.. series.SelectMany(one => new[] { one.Instrument.Base, one.Instrument.Quote }).Distinct().Where(asset => asset != numeraire).OrderBy(asset => asset.Code, StringComparer.Ordinal)];
        Queue<(Timestamp Time, double[] Prices)> rows = new();
        using BarMerge merge = new(series);
        for (; !merge.IsAtEnd; merge.Advance())
        {
            stop.ThrowIfCancellationRequested();
            if (merge.Group.Length < series.Count)
            {
                continue;
            }

            RateGraph graph = new([.. series.Select((one, place) => QuoteOf(one.Instrument, merge[place].Current))]);
            rows.Enqueue((merge.Close, [.. assets.Select(asset => (double)(graph.Mid(asset, numeraire) ?? throw Lost(asset, numeraire)))]));
            if (rows.Count > most)
            {
                rows.Dequeue();
            }
        }

        return new AlignedPrices(assets, [.. rows.Select(row => row.Time)], [.. assets.Select((_, i) => rows.Select(row => row.Prices[i]).ToArray())]);
    }

    /// <summary>Their returns.</summary>
    /// <exception cref="PortfolioInputException">There are less than three instants.</exception>
    public ReturnTable Returns() => Times.Count >= 3
        ? ReturnTable.FromPrices([.. Assets.Select(asset => asset.Code)], Prices)
        : throw new PortfolioInputException("data", FormattableString.Invariant($"{Times.Count} instants at which all symbols have a bar"), "3 or more");

    private static PairQuote QuoteOf(Instrument instrument, in Bar bar)
    {
        decimal close = instrument.ToDecimal(bar.Close);
        return new PairQuote(instrument.Base, instrument.Quote, close, close, bar.CloseTime);
    }

    private static PortfolioInputException Lost(Asset asset, Asset numeraire) => new("numeraire", numeraire.Code, $"an asset that the symbols lead to from {asset} in at most three conversions");
}
