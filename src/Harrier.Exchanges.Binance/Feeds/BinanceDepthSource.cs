using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Binance.Feeds;

/// <summary>Snapshots by <c>GET /depth</c>, through the request budget.</summary>
/// <param name="market">Which market.</param>
/// <param name="rest">Calls the venue.</param>
/// <param name="symbols">Knows the limits that the calls count against.</param>
/// <param name="depth">Levels per side; what the venue does not offer becomes the next larger it does.</param>
public sealed class BinanceDepthSource(BinanceMarket market, RestClient rest, BinanceSymbols symbols, int depth)
{
    // Level counts and their weights: documents of July 2026.
    private static readonly (int Depth, int Weight)[] _spot = [(100, 5), (500, 25), (1000, 50), (5000, 250)];
    private static readonly (int Depth, int Weight)[] _usdM = [(50, 2), (100, 5), (500, 10), (1000, 20)];

    /// <summary>Levels per side that leave room in the budget when so many books are built at once.</summary>
    public static int DepthFor(int books) => books switch
    {
        <= 10 => 5000,
        <= 50 => 1000,
        _ => 100,
    };

    /// <summary>Asks for a snapshot.</summary>
    public async Task<VenueResult<ReadOnlyMemory<byte>>> GetAsync(Instrument instrument, CancellationToken cancel)
    {
        (int Depth, int Weight)[] offered = market == BinanceMarket.Spot ? _spot : _usdM;
        (int limit, int weight) = Array.Find(offered, one => one.Depth >= depth) is { Depth: > 0 } fitting ? fitting : offered[^1];
        RequestParameters parameters = new RequestParameters().Add("symbol", instrument.Symbol).Add("limit", limit);
        BinanceCall call = BinanceCall.Public(market == BinanceMarket.Spot ? "/api/v3/depth" : "/fapi/v1/depth", parameters, weight);
        VenueResult<RestAnswer> answer = await rest.SendAsync(new RestCall
        {
            Build = now => BinanceSigner.Build(null, call, now),
            Priority = call.Priority,
            Costs = BinanceLimits.CostsOf(call, symbols.Limits),
        }, cancel).ConfigureAwait(false);
        return answer.IsOk ? VenueResult<ReadOnlyMemory<byte>>.Ok(answer.Value.Body) : answer.As<ReadOnlyMemory<byte>>();
    }
}
