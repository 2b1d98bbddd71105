using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;

namespace Harrier.Cli.Streaming;

/// <summary>Opens market data of a venue, and goes on trying while the venue does not answer.</summary>
/// <param name="venue">Its name, for what is shown.</param>
/// <param name="warn">Shows a line.</param>
/// <param name="open">Tries once.</param>
/// <param name="time">The wall clock.</param>
internal sealed class VenueOpening(string venue, Action<string> warn, Func<CancellationToken, Task<MarketStream>> open, TimeProvider time)
{
    private const int AttemptsBeforeHint = 3;
    private static readonly TimeSpan _firstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _slowestRetry = TimeSpan.FromSeconds(60);

    private bool _hasHinted;

    /// <summary>Tries once.</summary>
    /// <exception cref="InputException">The venue has no such symbol or no such data.</exception>
    /// <exception cref="VenueUnreachableException">It does not answer.</exception>
    public static async Task<MarketStream> OnceAsync(MarketRequest wanted, VenueSurroundings surroundings, CancellationToken stop)
    {
        VenueResult<MarketStream> opened = await Composition.Exchanges.Of(wanted.Venue).OpenMarketAsync(wanted, surroundings, stop).ConfigureAwait(false);
        if (opened.IsOk)
        {
            return opened.Value;
        }

        throw opened.Error.Kind switch
        {
            VenueErrorKind.UnknownSymbol => new InputException("symbols", opened.Error.Filter ?? string.Join(',', wanted.Symbols), $"a symbol of {wanted.Venue}"),
            VenueErrorKind.NotSupported => new InputException("venue", wanted.Venue, opened.Error.Message),
            _ => new VenueUnreachableException(opened.Error.Message),
        };
    }

    /// <summary>As <see cref="OnceAsync"/>, without the symbols that the venue does not have.</summary>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="surroundings">The outside world.</param>
    /// <param name="warn">Told each symbol that is left out.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InputException">The venue has none of the symbols, or no such data.</exception>
    /// <exception cref="VenueUnreachableException">It does not answer.</exception>
    public static async Task<MarketStream> OnceWithoutUnknownAsync(MarketRequest wanted, VenueSurroundings surroundings, Action<string> warn, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await OnceAsync(wanted, surroundings, stop).ConfigureAwait(false);
            }
            catch (InputException fault) when (fault.Field == "symbols" && wanted.Symbols.Count > 1 && wanted.Symbols.Contains(fault.Value, StringComparer.Ordinal))
            {
                warn($"warning: {fault.Value} is no symbol of {wanted.Venue} and is left out");
                wanted = wanted with { Symbols = [.. wanted.Symbols.Where(symbol => symbol != fault.Value)] };
            }
        }
    }

    /// <summary>Tries until it is open.</summary>
    /// <returns>Null when <paramref name="ends"/> came first.</returns>
    /// <exception cref="InputException">The venue has no such symbol or no such data.</exception>
    public async Task<MarketStream?> OpenAsync(CancellationToken ends)
    {
        for (TimeSpan wait = _firstRetry; !ends.IsCancellationRequested; wait = wait * 2 < _slowestRetry ? wait * 2 : _slowestRetry)
        {
            try
            {
                return await open(ends).ConfigureAwait(false);
            }
            catch (VenueUnreachableException fault)
            {
                warn($"warning: {venue} does not answer: {fault.Message}; next attempt in {wait.TotalSeconds:0} s");
                Hint();
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(wait, time, ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return null;
    }

    /// <summary>Says once how to do without the internet, when nothing came and connecting fails again and again.</summary>
    public void HintWhenNothingComes(MarketStream stream, IEnumerable<ConnectionStatus> connections)
    {
        if (stream.Messages() == 0 && connections.Any(one => one.ReconnectAttempts >= AttemptsBeforeHint))
        {
            Hint();
        }
    }

    private void Hint()
    {
        if (!_hasHinted)
        {
            _hasHinted = true;
            warn("hint: without the internet, start the built-in exchange with 'harrier exchange --port 9900' and add '--endpoint http://127.0.0.1:9900' here");
        }
    }
}
