using System.Diagnostics.CodeAnalysis;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Rates;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.Conversions;

/// <summary>What a portfolio account needs of any account that assets can be converted in.</summary>
public sealed class ConversionSide : IDisposable
{
    private readonly AccountAccess _access;
    private readonly SpotConversionVenue? _spot;

    private ConversionSide(AccountAccess access, SpotConversionVenue? spot, IConversionVenue conversions, (RateCache Rates, ConversionTraits Traits) prices)
    {
        (_access, _spot) = (access, spot);
        (Conversions, Rates, Traits) = (conversions, prices.Rates, prices.Traits);
    }

    /// <summary>Quotes, commits, holdings.</summary>
    public IConversionVenue Conversions { get; }

    /// <summary>Indicative prices.</summary>
    public RateCache Rates { get; }

    /// <summary>What the place is like.</summary>
    public ConversionTraits Traits { get; }

    /// <summary>What can be read of the account.</summary>
    public AccountClient Reader => _access.Reader;

    /// <summary>The conversions of an account: those that its venue has, or by orders where it is a spot market.</summary>
    /// <param name="access">The account; disposed of with what is returned.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Null where neither is so: the account stays its owner's.</returns>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "What is returned owns it.")]
    public static ConversionSide? Of(AccountAccess access, TimeProvider time)
    {
        switch (access)
        {
            case ConversionAccess converts:
                return new ConversionSide(access, null, converts.Conversions, (converts.Rates, converts.Traits));
            case TradingAccess { IsSpot: true } trades:
                SpotConversionOptions options = new();
                SpotConversionVenue spot = new(trades, options, time);
                return new ConversionSide(access, spot, spot, (spot.Rates, new ConversionTraits(options.Numeraire, options.UsualFee, new Dictionary<Domain.Asset, int>())));
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _spot?.Dispose();
        _access.Dispose();
    }
}
