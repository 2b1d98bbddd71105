using Harrier.Domain;

namespace Harrier.Exchanges.Tests.Support;

/// <summary>Instruments with the grids that the venue had when the data were recorded.</summary>
public static class TestInstruments
{
    public static Instrument Make(int index, string symbol, decimal tick, decimal lot, InstrumentKind kind = InstrumentKind.Spot) => new(
        new InstrumentId(index),
        new InstrumentDefinition
        {
            Venue = new VenueId("test"),
            Symbol = symbol,
            Kind = kind,
            Base = new Asset("BASE"),
            Quote = new Asset("QUOTE"),
            TickSize = tick,
            LotSize = lot,
        });

    /// <summary>
    /// The symbols of the recordings, with grids so fine that old orders from before a change of the grid fit too (34 prices and 49 sizes of
    /// NKNUSDT, 131 prices of CTKUSDT, 7 sizes of BTCUSDT): the golden books hold them.
    /// </summary>
    public static IReadOnlyList<Instrument> Of(string capture) => capture switch
    {
        "BINANCE" =>
        [
            Make(0, "NKNUSDT", 0.00001m, 0.00000001m), Make(1, "BLZETH", 0.00000001m, 1), Make(2, "LRCBTC", 0.00000001m, 1), Make(3, "RUNEEUR", 0.001m, 0.1m),
        ],
        "BINANCE_FUTURES" =>
        [
            Make(0, "SUSHIUSDT", 0.001m, 1), Make(1, "AKROUSDT", 0.00001m, 1), Make(2, "KEEPUSDT", 0.0001m, 1), Make(3, "CTKUSDT", 0.00001m, 1),
        ],
        "binance-usdm" => [Make(0, "BTCUSDT", 0.1m, 0.001m)],
        _ => [Make(0, "BTCUSDT", 0.01m, 0.00000001m)],
    };
}
