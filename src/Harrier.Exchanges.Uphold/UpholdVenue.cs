using System.Collections.Concurrent;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Conversions;
using Harrier.Exchanges.Rates;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Uphold.Mapping;

namespace Harrier.Exchanges.Uphold;

/// <summary>One account at the venue: quotes, commits and what it holds. Limit orders, stops and books do not exist there.</summary>
public sealed class UpholdVenue : IConversionVenue, IDisposable
{
    // A quote may have been made as late as the last instant of its request.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    private readonly UpholdVenueOptions _options;
    private readonly TimeProvider _time;
    private readonly CardDirectory _cards;
    private readonly CommitResolver _resolver;
    private readonly ConcurrentDictionary<VenueTradeId, LiveQuote> _quotes = new();

    /// <summary>Wires the parts; nothing is sent.</summary>
    /// <param name="client">The account's calls.</param>
    /// <param name="options">How it converts.</param>
    /// <param name="time">The clock.</param>
    public UpholdVenue(UpholdClient client, UpholdVenueOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        Client = client;
        _options = options;
        _time = time;
        _cards = new CardDirectory(client, options.MakesCards);
        _resolver = new CommitResolver(client, options, time);
        Rates = new RateCache(options.Rates, AskRateAsync, time);
    }

    /// <summary>The calls of the account.</summary>
    public UpholdClient Client { get; }

    /// <summary>The prices kept.</summary>
    public RateCache Rates { get; }

    /// <inheritdoc/>
    public async Task<ConversionAnswer<ConversionQuote>> QuoteAsync(ConversionRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        bool isWhole = request.Amount.Amount > 0 && request.From != request.To && (request.Amount.Asset == request.From || request.Amount.Asset == request.To);
        if (!isWhole)
        {
            return new ConversionAnswer<ConversionQuote>(null, RejectReason.InvalidOrder, "a conversion is between two assets, of an amount above 0 in one of them");
        }

        VenueResult<(string From, string To)> cards = await _cards.FindAsync(request.From, request.To, cancellation).ConfigureAwait(false);
        if (!cards.IsOk)
        {
            return ConversionAnswers.Refused<ConversionQuote>(cards.Error);
        }

        Timestamp asked = Now();
        QuoteTerms terms = new(cards.Value.From, cards.Value.To, request.Amount, request.Intent.ToString());
        VenueResult<UpholdTransaction> answer = await Client.QuoteAsync(terms, cancellation).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            // Whatever became of it: a quote moves nothing.
            return ConversionAnswers.Refused<ConversionQuote>(answer.Error);
        }

        if (ConversionMapping.FaultOf(answer.Value, request) is string fault)
        {
            return new ConversionAnswer<ConversionQuote>(null, RejectReason.Other, fault);
        }

        TimeSpan life = answer.Value.TimeToLive ?? TimeSpan.Zero;
        ConversionQuote quote = ConversionMapping.Of(answer.Value, request.Intent, asked + life);
        Forget(asked);
        _quotes[quote.Id] = new LiveQuote(cards.Value.From, Now() + life + ClockSlack);
        return new ConversionAnswer<ConversionQuote>(quote, RejectReason.None, "");
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

        if (!_quotes.TryRemove(open.Id, out LiveQuote? quote))
        {
            return ConversionAnswers.NotDone(RejectReason.QuoteExpired, "not a quote of this connection, or one that lapsed");
        }

        Timestamp sent = Now();
        if (sent + _options.CommitMargin >= open.Expires)
        {
            return ConversionAnswers.NotDone(RejectReason.QuoteExpired, "too little was left of the quote");
        }

        VenueResult<UpholdTransaction> answer;
        try
        {
            answer = await Client.CommitAsync(quote.Card, open.Id, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ConversionAnswers.NotDone(RejectReason.Other, "given up before anything left");
        }

        if (answer.IsOk && answer.Value.Id == open.Id && CommitResolver.EndOrNull(answer.Value, open) is { } end)
        {
            return end;
        }

        return !answer.IsOk && answer.Error.Outcome == Outcome.NotDone
            ? ConversionMapping.NotDone(answer.Error)
            : await _resolver.ResolveAsync(new PossibleCommit(open, sent, quote.DeadAt), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<ConversionResult> ResolveAsync(OpenConversion conversion, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conversion);

        // The quote's end is counted from when it was asked for; it may have been made as late as the request's end.
        return _resolver.ResolveAsync(new PossibleCommit(conversion, conversion.Approved, conversion.Expires + _options.Timeout + ClockSlack), cancellation);
    }

    /// <inheritdoc/>
    public async Task<ConversionAnswer<IReadOnlyList<Holding>>> HoldingsAsync(CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<UpholdCard>> cards = await _cards.ReadAsync(cancellation).ConfigureAwait(false);
        if (!cards.IsOk)
        {
            return ConversionAnswers.Refused<IReadOnlyList<Holding>>(cards.Error);
        }

        SortedDictionary<string, Holding> holdings = new(StringComparer.Ordinal);
        foreach (UpholdCard card in cards.Value)
        {
            Holding known = holdings.GetValueOrDefault(card.Balance.Asset.Code, new Holding(card.Balance with { Amount = 0 }, 0));
            bool isExact = ExactDecimal.TryAdd(known.Total.Amount, card.Balance.Amount, out decimal total) & ExactDecimal.TryAdd(known.Available, card.Available, out decimal available);
            if (!isExact)
            {
                return new ConversionAnswer<IReadOnlyList<Holding>>(null, RejectReason.NotSupported, $"the cards in {card.Balance.Asset} hold more digits than can be kept exactly");
            }

            holdings[card.Balance.Asset.Code] = new Holding(card.Balance with { Amount = total }, available);
        }

        return new ConversionAnswer<IReadOnlyList<Holding>>([.. holdings.Values], RejectReason.None, "");
    }

    /// <inheritdoc/>
    public Task<ConversionAnswer<ConversionRate>> RateAsync(Asset from, Asset to, CancellationToken cancellation) => Rates.GetAsync(new RatePair(from, to), cancellation);

    /// <inheritdoc/>
    public void Dispose() => _cards.Dispose();

    private Timestamp Now() => Timestamp.From(_time.GetUtcNow());

    private void Forget(Timestamp now)
    {
        foreach ((VenueTradeId id, LiveQuote quote) in _quotes)
        {
            if (quote.DeadAt < now)
            {
                _quotes.TryRemove(id, out _);
            }
        }
    }

    private async Task<ConversionAnswer<ConversionRate>> AskRateAsync(RatePair pair, CancellationToken cancellation)
    {
        Timestamp asked = Now();
        VenueResult<UpholdTicker> ticker = await Client.TickerAsync(pair.Base, pair.Quote, cancellation).ConfigureAwait(false);
        return ticker.IsOk
            ? new ConversionAnswer<ConversionRate>(new ConversionRate(pair.Base, pair.Quote, ticker.Value.Bid, ticker.Value.Ask, asked), RejectReason.None, "")
            : ConversionAnswers.Refused<ConversionRate>(ticker.Error);
    }

    private sealed record LiveQuote(string Card, Timestamp DeadAt);
}
