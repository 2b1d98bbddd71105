using System.Collections.Concurrent;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Rates;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Conversions;

/// <summary>
/// Converts on a spot market: one asset into another by an order on the symbol that joins them. What is quoted is the worst that can come of it: a limit at the last level of
/// the book that is needed. What is committed is that order, which takes at once what is to be had at this price and leaves the rest, so that less may be converted than
/// was quoted, and never at a worse price. Its name is that of the intent, by which it is found again.
/// </summary>
public sealed class SpotConversionVenue : IConversionVenue, IDisposable
{
    private readonly TradingAccess _access;
    private readonly SpotConversionOptions _options;
    private readonly TimeProvider _time;
    private readonly SpotMarkets _markets;
    private readonly SpotOrderResolver _resolver;
    private readonly ConcurrentDictionary<VenueTradeId, QuotedOrder> _quotes = new();
    private readonly ConcurrentDictionary<VenueTradeId, Timestamp> _goneBy = new();

    /// <summary>Wires the parts; nothing is sent.</summary>
    /// <param name="access">The account, which stays its owner's.</param>
    /// <param name="options">How it converts.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The account is not of a spot market.</exception>
    public SpotConversionVenue(TradingAccess access, SpotConversionOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _access = access.IsSpot ? access : throw new ArgumentException("what is bought must be held: only a spot market converts", nameof(access));
        _options = options;
        _time = time;
        _markets = new SpotMarkets(access, options.UsualFee, time);
        _resolver = new SpotOrderResolver(access, options.Unknown, time);
        Rates = new RateCache(options.Rates, AskRateAsync, time);
    }

    /// <summary>The prices kept.</summary>
    public RateCache Rates { get; }

    /// <inheritdoc/>
    public async Task<ConversionAnswer<ConversionQuote>> QuoteAsync(ConversionRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Amount.Amount <= 0 || request.From == request.To || request.Amount.Asset != request.From)
        {
            return new ConversionAnswer<ConversionQuote>(null, RejectReason.InvalidOrder, "a spot market converts an amount above 0 of what is given into another asset");
        }

        VenueResult<SpotJoint> joint = await _markets.FindAsync(request.From, request.To, cancellation).ConfigureAwait(false);
        if (!joint.IsOk)
        {
            return ConversionAnswers.Refused<ConversionQuote>(joint.Error);
        }

        decimal fee = await _markets.TakerFeeAsync(joint.Value.Symbol, cancellation).ConfigureAwait(false);
        Timestamp asked = Now();
        VenueResult<BestLevels> book = await _access.Client.BookAsync(joint.Value.Symbol, cancellation).ConfigureAwait(false);
        return book.IsOk ? Quote(request, joint.Value, (book.Value, fee, asked)) : ConversionAnswers.Refused<ConversionQuote>(book.Error);
    }

    /// <inheritdoc/>
    public async Task<ConversionResult> CommitAsync(ApprovedConversion conversion, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        OpenConversion open = conversion.Conversion;
        if (!conversion.TryUse())
        {
            return ConversionAnswers.Unknown("it was committed before: ask what became of it");
        }

        if (!_quotes.TryRemove(open.Id, out QuotedOrder? quoted) || Now() >= open.Expires)
        {
            return ConversionAnswers.NotDone(RejectReason.QuoteExpired, "the price is too old to be ordered at");
        }

        Timestamp sent = Now();
        VenueResult<VenueOrder> answer;
        try
        {
            answer = await _access.Client.PlaceAsync(quoted.Order, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ConversionAnswers.NotDone(RejectReason.Other, "given up before anything left");
        }

        if (!answer.IsOk && answer.Error.Outcome == Outcome.NotDone)
        {
            return ConversionAnswers.NotDone(RejectReasons.Of(answer.Error.Kind), answer.Error.Message);
        }

        return answer.IsOk && answer.Value.IsFinal && SpotSettlement.IsWhole(answer.Value)
            ? SpotSettlement.Of(answer.Value, open, quoted.Joint)
            : await FindOutAsync(open, quoted.Joint, sent, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<ConversionResult> ResolveAsync(OpenConversion conversion, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        VenueResult<SpotJoint> joint = await _markets.FindAsync(conversion.From.Asset, conversion.To.Asset, cancellation).ConfigureAwait(false);
        return joint.IsOk
            ? await FindOutAsync(conversion, joint.Value, conversion.Approved, cancellation).ConfigureAwait(false)
            : ConversionAnswers.Unknown(joint.Error.Message);
    }

    /// <inheritdoc/>
    public async Task<ConversionAnswer<IReadOnlyList<Holding>>> HoldingsAsync(CancellationToken cancellation)
    {
        VenueResult<AccountSnapshot> account = await _access.Client.AccountAsync(cancellation).ConfigureAwait(false);
        return account.IsOk
            ? ConversionAnswers.Of<IReadOnlyList<Holding>>([.. account.Value.Balances.OrderBy(static one => one.Asset.Code, StringComparer.Ordinal).Select(static one => new Holding(new Money(one.Total, one.Asset), one.Free))])
            : ConversionAnswers.Refused<IReadOnlyList<Holding>>(account.Error);
    }

    /// <inheritdoc/>
    public Task<ConversionAnswer<ConversionRate>> RateAsync(Asset from, Asset to, CancellationToken cancellation) => Rates.GetAsync(new RatePair(from, to), cancellation);

    /// <inheritdoc/>
    public void Dispose() => _markets.Dispose();

    private ConversionAnswer<ConversionQuote> Quote(ConversionRequest request, SpotJoint joint, (BestLevels Book, decimal Fee, Timestamp Asked) seen)
    {
        if (SpotPricing.Of(seen.Book, joint, request.Amount.Amount) is not { } offer)
        {
            return new ConversionAnswer<ConversionQuote>(null, RejectReason.Other, $"the book of {joint.Symbol} holds too little for {request.Amount}");
        }

        if (offer.Quantity == 0)
        {
            return new ConversionAnswer<ConversionQuote>(null, RejectReason.InvalidOrder, FormattableString.Invariant($"{request.Amount} is less than a lot of {joint.Symbol}, {joint.Rules.StepSize} {joint.Base}"));
        }

        OrderRequest wish = new()
        {
            Symbol = joint.Symbol,
            ClientId = request.Intent.ToString(),
            Side = joint.Side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            Quantity = offer.Quantity,
            Price = offer.Limit,
        };
        VenueResult<OrderRequest> order = _access.Fit(wish, offer.Limit);
        if (!order.IsOk)
        {
            return ConversionAnswers.Refused<ConversionQuote>(order.Error);
        }

        decimal value = offer.Quantity * offer.Limit;
        (decimal given, decimal taken) = joint.IsSale ? (offer.Quantity, value) : (value, offer.Quantity);
        decimal fee = taken * seen.Fee;
        ConversionQuote quote = new()
        {
            // The same intent has the same id, also after a restart.
            Id = VenueTradeId.Derive($"{_access.Symbols.Venue}/{request.Intent}"),
            Intent = request.Intent,
            From = new Money(ExactDecimal.Trim(given), request.From),
            To = new Money(ExactDecimal.Trim(taken - fee), request.To),
            Rate = taken / given,
            Fees = fee == 0 ? [] : [new Money(fee, request.To)],
            Expires = seen.Asked + _options.QuoteLife,
        };
        Forget(seen.Asked);
        _quotes[quote.Id] = new QuotedOrder(order.Value, joint, quote.Expires);
        return ConversionAnswers.Of(quote);
    }

    private async Task<ConversionResult> FindOutAsync(OpenConversion open, SpotJoint joint, Timestamp sent, CancellationToken cancellation)
    {
        // Asked for again it is not younger: what proves that it never arrived counts from the first time.
        Timestamp goneBy = _goneBy.GetOrAdd(open.Id, Now());
        ConversionResult result = await _resolver.ResolveAsync(new PossibleOrder(open, joint, sent, goneBy), cancellation).ConfigureAwait(false);
        if (result.Outcome != ConversionOutcome.Unknown)
        {
            _goneBy.TryRemove(open.Id, out _);
        }

        return result;
    }

    private void Forget(Timestamp now)
    {
        foreach ((VenueTradeId id, QuotedOrder quoted) in _quotes)
        {
            if (quoted.Expires < now)
            {
                _quotes.TryRemove(id, out _);
            }
        }
    }

    private async Task<ConversionAnswer<ConversionRate>> AskRateAsync(RatePair pair, CancellationToken cancellation)
    {
        VenueResult<SpotJoint> joint = await _markets.FindAsync(pair.Base, pair.Quote, cancellation).ConfigureAwait(false);
        if (!joint.IsOk)
        {
            return ConversionAnswers.Refused<ConversionRate>(joint.Error);
        }

        Timestamp asked = Now();
        VenueResult<BestLevels> book = await _access.Client.BookAsync(joint.Value.Symbol, cancellation).ConfigureAwait(false);
        if (!book.IsOk)
        {
            return ConversionAnswers.Refused<ConversionRate>(book.Error);
        }

        if (book.Value is not { Bids: [{ Price: > 0 } bid, ..], Asks: [{ Price: > 0 } ask, ..] })
        {
            return new ConversionAnswer<ConversionRate>(null, RejectReason.Other, $"the book of {joint.Value.Symbol} has an empty side");
        }

        return ConversionAnswers.Of(joint.Value.IsSale
            ? new ConversionRate(pair.Base, pair.Quote, bid.Price, ask.Price, asked)
            : new ConversionRate(pair.Base, pair.Quote, 1 / ask.Price, 1 / bid.Price, asked));
    }

    private Timestamp Now() => Timestamp.From(_time.GetUtcNow());

    private sealed record QuotedOrder(OrderRequest Order, SpotJoint Joint, Timestamp Expires);
}
