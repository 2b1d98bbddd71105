using Harrier.Domain;

namespace Harrier.Testnet.Core;

/// <summary>A funding that was paid.</summary>
/// <param name="Time">When it was due.</param>
/// <param name="Rate">Share of the notional; longs paid when positive.</param>
/// <param name="MarkPrice">Mark price it was reckoned with.</param>
public sealed record FundingStamp(Timestamp Time, decimal Rate, decimal MarkPrice);

/// <summary>
/// Index, mark price and funding of one linear contract. The index is what the market's driver says, else the middle of the book. The mark
/// price is the index plus the smoothed distance of the book's middle from it. Funding is P + clamp(I - P, -0.05 %, 0.05 %) with P the
/// premium weighted linearly by time and I 0.01 % for 8 hours (Binance's and Bybit's formula).
/// </summary>
internal sealed class MarketClock(ListedInstrument instrument, TimeSpan fundingInterval)
{
    private const decimal Smoothing = 0.1m;
    private const decimal InterestPerEightHours = 0.0001m;
    private const decimal MostInterestGap = 0.0005m;
    private const decimal HighestRate = 0.02m;
    private const int KeptStamps = 1200;

    private static readonly TimeSpan MarkInterval = TimeSpan.FromSeconds(1);

    private decimal _basis;
    private decimal _weightedPremium;
    private decimal _weights;
    private long _samples;
    private Timestamp _nextMark;

    /// <summary>The index as given from outside; 0 when nobody gives it.</summary>
    public decimal GivenIndex { get; set; }

    /// <summary>The funding rate as given from outside.</summary>
    public decimal? GivenRate { get; set; }

    /// <summary>Fundings paid, oldest first.</summary>
    public HistoryRing<FundingStamp> Stamps { get; } = new(KeptStamps);

    /// <summary>Moves index, mark and rate once a second.</summary>
    /// <returns>True when they were moved.</returns>
    public bool Move(Timestamp now)
    {
        if (now < _nextMark)
        {
            return false;
        }

        _nextMark = now + MarkInterval;
        TopOfBook top = instrument.Book.Top;
        decimal middle = top.Bid > 0 && top.Ask > 0 ? (top.Bid + top.Ask) / 2 : 0;
        decimal index = GivenIndex > 0 ? GivenIndex : middle > 0 ? middle : instrument.LastPrice;
        if (index <= 0)
        {
            return false;
        }

        _basis = middle > 0 ? _basis + (Smoothing * (middle - index - _basis)) : 0;
        instrument.IndexPrice = decimal.Round(index, 8);
        instrument.MarkPrice = decimal.Round(Math.Max(index + _basis, instrument.TickSize), 8);
        _samples++;
        _weights += _samples;
        _weightedPremium += _samples * (middle > 0 ? (middle - index) / index : 0);
        instrument.FundingRate = Rate();
        return true;
    }

    /// <summary>The next move is due now.</summary>
    public void Hasten() => _nextMark = default;

    /// <summary>Starts the next funding period.</summary>
    public void Restart(Timestamp now)
    {
        long interval = fundingInterval.Ticks * 100;
        instrument.NextFunding = new Timestamp(((now.Nanos / interval) + 1) * interval);
        (_weightedPremium, _weights, _samples) = (0, 0, 0);
    }

    private decimal Rate()
    {
        if (GivenRate is decimal given)
        {
            return given;
        }

        decimal premium = _weights == 0 ? 0 : _weightedPremium / _weights;
        decimal interest = InterestPerEightHours * (decimal)(fundingInterval / TimeSpan.FromHours(8));
        decimal rate = premium + Math.Clamp(interest - premium, -MostInterestGap, MostInterestGap);
        return decimal.Round(Math.Clamp(rate, -HighestRate, HighestRate), 8);
    }
}
