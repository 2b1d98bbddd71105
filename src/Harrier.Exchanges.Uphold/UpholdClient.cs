using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Uphold.Mapping;
using Harrier.Exchanges.Uphold.Wire;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Uphold;

/// <summary>The calls of the venue: prices, cards, quotes, transactions. Reads are retried, writes are sent once. Source: the venue's documents of version 0.</summary>
/// <param name="rest">The caller.</param>
/// <param name="authorization">Who calls; null where only public calls are made.</param>
public sealed class UpholdClient(RestClient rest, UpholdAuthorization? authorization) : IDisposable
{
    private readonly UpholdCaller _caller = new(rest, authorization, new WireCensus());

    /// <summary>Counts what is unknown.</summary>
    public WireCensus Census => _caller.Census;

    /// <summary>The prices of an asset in another.</summary>
    public Task<VenueResult<UpholdTicker>> TickerAsync(Asset from, Asset to, CancellationToken cancellation) =>
        _caller.SendAsync(UpholdRequests.Ticker(from, to), UpholdJson.Default.TickerMessage, m => FactMapping.Of(Noted(m), from.Code + to.Code), cancellation);

    /// <summary>The prices of all pairs with a currency. A pair that cannot be read exactly is left out and counted.</summary>
    public Task<VenueResult<IReadOnlyList<UpholdTicker>>> TickersAsync(Asset currency, CancellationToken cancellation) =>
        _caller.SendAsync<List<JsonElement>, IReadOnlyList<UpholdTicker>>(
            UpholdRequests.Tickers(currency), UpholdJson.Default.ListJsonElement, list => [.. list.Select(TickerOf).Where(t => t is not null).Select(t => t!)], cancellation);

    /// <summary>All assets.</summary>
    public Task<VenueResult<IReadOnlyList<UpholdAsset>>> AssetsAsync(CancellationToken cancellation) =>
        _caller.ListAsync(UpholdRequests.Assets, new ListReading<AssetMessage, UpholdAsset>(UpholdJson.Default.ListAssetMessage, m => FactMapping.Of(Noted(m)), a => a.Asset.Code), cancellation);

    /// <summary>The account's owner.</summary>
    public Task<VenueResult<UpholdUser>> UserAsync(CancellationToken cancellation) =>
        _caller.SendAsync(UpholdRequests.User(), UpholdJson.Default.UserMessage, m => FactMapping.Of(Noted(m)), cancellation);

    /// <summary>All cards.</summary>
    public Task<VenueResult<IReadOnlyList<UpholdCard>>> CardsAsync(CancellationToken cancellation) =>
        _caller.ListAsync(UpholdRequests.Cards, new ListReading<CardMessage, UpholdCard>(UpholdJson.Default.ListCardMessage, m => FactMapping.Of(Noted(m)), c => c.Id), cancellation);

    /// <summary>One card.</summary>
    public Task<VenueResult<UpholdCard>> CardAsync(string id, CancellationToken cancellation) =>
        _caller.SendAsync(UpholdRequests.Card(id), UpholdJson.Default.CardMessage, m => FactMapping.Of(Noted(m)), cancellation);

    /// <summary>Makes a card.</summary>
    public Task<VenueResult<UpholdCard>> CreateCardAsync(string label, Asset currency, CancellationToken cancellation) =>
        _caller.SendAsync(UpholdRequests.CreateCard(label, currency), UpholdJson.Default.CardMessage, m => FactMapping.Of(Noted(m)), cancellation);

    /// <summary>Asks for a binding price; nothing moves.</summary>
    public Task<VenueResult<UpholdTransaction>> QuoteAsync(QuoteTerms terms, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return _caller.SendAsync(UpholdRequests.Quote(terms), UpholdJson.Default.TransactionMessage, Transaction, cancellation);
    }

    /// <summary>Commits a quote. Whoever calls this twice for one quote is to blame; nothing below sends it again.</summary>
    public Task<VenueResult<UpholdTransaction>> CommitAsync(string card, VenueTradeId transaction, CancellationToken cancellation) =>
        _caller.SendAsync(UpholdRequests.Commit(card, transaction.ToString()), UpholdJson.Default.TransactionMessage, Transaction, cancellation);

    /// <summary>
    /// Calls off a transaction that waits for its receiver. The venue's documents dropped the call in 2025; a quote needs none, it lapses.
    /// </summary>
    public Task<VenueResult<UpholdTransaction>> CancelAsync(string card, VenueTradeId transaction, CancellationToken cancellation) =>
        _caller.SendAsync(UpholdRequests.Cancel(card, transaction.ToString()), UpholdJson.Default.TransactionMessage, Transaction, cancellation);

    /// <summary>One transaction.</summary>
    public Task<VenueResult<UpholdTransaction>> TransactionAsync(VenueTradeId id, CancellationToken cancellation) =>
        _caller.SendAsync(UpholdRequests.Transaction(id.ToString()), UpholdJson.Default.TransactionMessage, Transaction, cancellation);

    /// <summary>The committed transactions of the account, newest first; 2,000 at most.</summary>
    /// <param name="card">Of one card; null for all.</param>
    /// <param name="isEnough">Ends the reading after a page, when what was looked for has been seen.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<VenueResult<IReadOnlyList<UpholdTransaction>>> TransactionsAsync(
        string? card, Func<UpholdTransaction, bool>? isEnough, CancellationToken cancellation) => _caller.ListAsync(
            range => card is null ? UpholdRequests.Transactions(range) : UpholdRequests.CardTransactions(card, range),
            new ListReading<TransactionMessage, UpholdTransaction>(UpholdJson.Default.ListTransactionMessage, Transaction, t => t.Id.ToString()) { IsEnough = isEnough, NewestSuffice = true },
            cancellation);

    /// <inheritdoc/>
    public void Dispose() => _caller.Dispose();

    private UpholdTransaction Transaction(TransactionMessage message)
    {
        UpholdTransaction transaction = FactMapping.Of(Noted(message));
        if (transaction.Status == UpholdStatus.Unknown)
        {
            Census.NoteWord("status", transaction.RawStatus);
        }

        return transaction;
    }

    private UpholdTicker? TickerOf(JsonElement element)
    {
        try
        {
            return element.Deserialize(UpholdJson.Default.TickerMessage) is TickerMessage message ? FactMapping.Of(Noted(message), message.Pair ?? "") : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            Census.NoteWord("ticker", "unreadable");
            return null;
        }
    }

    // Fields that nobody declared are counted wherever they stand in a message.
    private T Noted<T>(T message)
        where T : UpholdMessage
    {
        foreach (UpholdMessage part in message.Parts())
        {
            Census.Note(part);
        }

        return message;
    }
}
