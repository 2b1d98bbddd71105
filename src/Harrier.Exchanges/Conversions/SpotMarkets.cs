using System.Collections.Concurrent;
using Harrier.Domain;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Conversions;

/// <summary>The symbols of a spot market by the assets that they join, and what it costs to take from their books. Both are read again after a while.</summary>
/// <param name="access">The account.</param>
/// <param name="usualFee">The fee where the venue does not tell it, as a fraction.</param>
/// <param name="time">The clock of ages.</param>
internal sealed class SpotMarkets(TradingAccess access, decimal usualFee, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    // A symbol that is not there may be listed any moment; asking for it all the time would be a burden.
    private static readonly TimeSpan LifeOfAbsence = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly ConcurrentDictionary<string, (decimal Fee, long Read)> _fees = new(StringComparer.Ordinal);
    private long? _loaded;

    /// <summary>The symbol that joins two assets.</summary>
    public async Task<VenueResult<SpotJoint>> FindAsync(Asset from, Asset to, CancellationToken cancellation)
    {
        await _loading.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            SpotJoint? known = Find(from, to);
            if (!IsYoung(_loaded, known is null ? LifeOfAbsence : Life))
            {
                VenueResult<bool> read = await access.RefreshSymbolsAsync(cancellation).ConfigureAwait(false);
                if (!read.IsOk && known is null)
                {
                    return read.As<SpotJoint>();
                }

                _loaded = read.IsOk ? time.GetTimestamp() : _loaded;
                known = Find(from, to);
            }

            return known is not null
                ? VenueResult<SpotJoint>.Ok(known)
                : VenueResult<SpotJoint>.Failed(new VenueError(VenueErrorKind.UnknownSymbol, Outcome.NotDone, 0, $"the venue lists no market of {from} and {to}"));
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>What an order that takes pays of what it brings, as a fraction.</summary>
    public async Task<decimal> TakerFeeAsync(string symbol, CancellationToken cancellation)
    {
        if (_fees.TryGetValue(symbol, out (decimal Fee, long Read) known) && IsYoung(known.Read, Life))
        {
            return known.Fee;
        }

        VenueResult<FeeRates> rates = await access.Client.FeesAsync(symbol, cancellation).ConfigureAwait(false);
        if (!rates.IsOk)
        {
            return usualFee;
        }

        _fees[symbol] = (rates.Value.Taker, time.GetTimestamp());
        return rates.Value.Taker;
    }

    public void Dispose() => _loading.Dispose();

    private bool IsYoung(long? read, TimeSpan life) => read is { } moment && time.GetElapsedTime(moment) < life;

    // Of several that join the same assets the one that trades, then the first by name.
    private SpotJoint? Find(Asset from, Asset to) => access.Symbols.Instruments
        .Where(one => (one.Base == from && one.Quote == to) || (one.Base == to && one.Quote == from))
        .Select(one => access.Symbols.TryFind(one.Symbol, out SymbolRules? rules, out _) ? new SpotJoint(rules, one.Base == from ? OrderSide.Sell : OrderSide.Buy) : null)
        .OfType<SpotJoint>()
        .OrderByDescending(static joint => joint.Rules.IsTrading)
        .ThenBy(static joint => joint.Symbol, StringComparer.Ordinal)
        .FirstOrDefault();
}
