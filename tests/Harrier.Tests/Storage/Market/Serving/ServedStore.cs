using Harrier.Domain;
using Harrier.Storage.Bars;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Serving;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Market.Serving;

/// <summary>A store in a folder of its own, filled by the test.</summary>
internal sealed class ServedStore : IDisposable
{
    public static readonly VenueId Venue = new("sim-binance-spot");

    private readonly TemporaryFolder _folder = new();

    public ServedStore() => Store = MarketStore.Open(_folder.Path, new StoreOptions { WriteCsv = false });

    public MarketStore Store { get; }

    public string Root => _folder.Path;

    public static HistoricalBar[] Historical(BarSeries series) => [.. series.Bars.ToArray().Select(bar => new HistoricalBar
    {
        OpenTime = bar.OpenTime,
        Open = series.Instrument.ToDecimal(bar.Open),
        High = series.Instrument.ToDecimal(bar.High),
        Low = series.Instrument.ToDecimal(bar.Low),
        Close = series.Instrument.ToDecimal(bar.Close),
        Volume = (decimal)bar.Volume,
        QuoteVolume = (decimal)bar.QuoteVolume,
        TradeCount = bar.TradeCount < 0 ? null : bar.TradeCount,
        TakerBuyVolume = (decimal)bar.TakerBuyVolume,
    })];

    public SeriesKey Add(BarSeries series, VenueId? venue = null)
    {
        SeriesKey key = SeriesKey.Bars(venue ?? Venue, series.Instrument.Symbol, series.Spec);
        Store.Bars.Write(key, Historical(series), new StoreWrite { Source = "a test" });
        return key;
    }

    public StoredHistory Find(string? interval = null, BarReadOptions? options = null, VenueId? venue = null) =>
        StoredHistories.Find(Store, (options ?? new BarReadOptions { Symbols = ["BTCUSDT"] }) with { Interval = SpecOf(interval) }, venue).ShouldHaveSingleItem();

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }

    private static BarSpec? SpecOf(string? text) => text is null ? null : BarSpec.TryParse(text, out BarSpec spec) ? spec : throw new ArgumentException(text);
}
