using Harrier.Domain;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Uphold;

/// <summary>Which card stands for an asset: the one with most to spend, and of equals the one whose id comes first.</summary>
/// <param name="client">Reads and makes cards.</param>
/// <param name="makesCards">Whether a missing card may be made.</param>
internal sealed class CardDirectory(UpholdClient client, bool makesCards) : IDisposable
{
    private readonly SemaphoreSlim _making = new(1, 1);
    private volatile IReadOnlyList<UpholdCard> _cards = [];

    /// <summary>Reads all cards and remembers them.</summary>
    public async Task<VenueResult<IReadOnlyList<UpholdCard>>> ReadAsync(CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<UpholdCard>> cards = await client.CardsAsync(cancellation).ConfigureAwait(false);
        _cards = cards.IsOk ? cards.Value : _cards;
        return cards;
    }

    /// <summary>The cards that a conversion leaves and reaches; read again where one is not known, or where several could pay.</summary>
    public async Task<VenueResult<(string From, string To)>> FindAsync(Asset from, Asset to, CancellationToken cancellation)
    {
        bool isPlain = _cards.Count(c => c.Balance.Asset == from) == 1 && Choose(_cards, to) is not null;
        if (!isPlain)
        {
            VenueResult<IReadOnlyList<UpholdCard>> read = await ReadAsync(cancellation).ConfigureAwait(false);
            if (!read.IsOk)
            {
                return read.As<(string From, string To)>();
            }
        }

        if (Choose(_cards, from) is not UpholdCard payer)
        {
            return VenueResult<(string From, string To)>.Failed(new VenueError(VenueErrorKind.InsufficientFunds, Outcome.NotDone, 0, $"the account has no card in {from}"));
        }

        if (Choose(_cards, to) is UpholdCard receiver)
        {
            return VenueResult<(string From, string To)>.Ok((payer.Id, receiver.Id));
        }

        VenueResult<UpholdCard> made = await MakeAsync(to, cancellation).ConfigureAwait(false);
        return made.IsOk ? VenueResult<(string From, string To)>.Ok((payer.Id, made.Value.Id)) : made.As<(string From, string To)>();
    }

    public void Dispose() => _making.Dispose();

    private static UpholdCard? Choose(IReadOnlyList<UpholdCard> cards, Asset asset) => cards
        .Where(c => c.Balance.Asset == asset)
        .OrderByDescending(c => c.Available)
        .ThenBy(c => c.Id, StringComparer.Ordinal)
        .FirstOrDefault();

    // One at a time: two conversions into a new asset share its card.
    private async Task<VenueResult<UpholdCard>> MakeAsync(Asset asset, CancellationToken cancellation)
    {
        if (!makesCards)
        {
            return VenueResult<UpholdCard>.Failed(new VenueError(VenueErrorKind.NotSupported, Outcome.NotDone, 0, $"the account has no card in {asset}; make one at the venue"));
        }

        await _making.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // A list that was asked for earlier may have come later, and taken the place of one with the card that was made meanwhile.
            VenueResult<IReadOnlyList<UpholdCard>> read = await ReadAsync(cancellation).ConfigureAwait(false);
            if (!read.IsOk)
            {
                return read.As<UpholdCard>();
            }

            if (Choose(read.Value, asset) is UpholdCard known)
            {
                return VenueResult<UpholdCard>.Ok(known);
            }

            VenueResult<UpholdCard> made = await client.CreateCardAsync($"{asset} card", asset, cancellation).ConfigureAwait(false);
            if (made.IsOk)
            {
                _cards = [.. _cards, made.Value];
                return made;
            }

            // A card whose making was not answered may be there all the same; the next look finds it. An empty card more costs nothing.
            return VenueResult<UpholdCard>.Failed(made.Error with { Outcome = Outcome.NotDone });
        }
        finally
        {
            _making.Release();
        }
    }
}
