using Harrier.Domain;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Uphold;

/// <summary>What all venues are asked for of an account, as far as a broker without orders and positions has it.</summary>
internal sealed class UpholdReader(UpholdClient client) : AccountClient
{
    public override async Task<VenueResult<AccountSnapshot>> AccountAsync(CancellationToken cancellation)
    {
        VenueResult<UpholdUser> user = await client.UserAsync(cancellation).ConfigureAwait(false);
        if (!user.IsOk)
        {
            return user.As<AccountSnapshot>();
        }

        VenueResult<IReadOnlyList<UpholdCard>> cards = await client.CardsAsync(cancellation).ConfigureAwait(false);
        if (!cards.IsOk)
        {
            return cards.As<AccountSnapshot>();
        }

        List<BalanceCard> parts = [.. cards.Value.OrderBy(c => c.Balance.Asset.Code, StringComparer.Ordinal).ThenBy(c => c.Id, StringComparer.Ordinal)
            .Select(c => new BalanceCard(c.Id, c.Label, BalanceOf(c.Balance.Asset, c.Balance.Amount, c.Available)))];
        List<AssetBalance> balances = [];
        foreach (IGrouping<Asset, BalanceCard> group in parts.GroupBy(p => p.Balance.Asset))
        {
            (decimal total, decimal free, bool isExact) = (0, 0, true);
            foreach (BalanceCard part in group)
            {
                isExact &= ExactDecimal.TryAdd(total, part.Balance.Total, out total) & ExactDecimal.TryAdd(free, part.Balance.Free, out free);
            }

            if (!isExact)
            {
                return VenueResult<AccountSnapshot>.Failed(new VenueError(VenueErrorKind.NotSupported, Outcome.NotDone, 0, $"the cards in {group.Key} hold more digits than can be kept exactly"));
            }

            if (total != 0)
            {
                balances.Add(BalanceOf(group.Key, total, free));
            }
        }

        return VenueResult<AccountSnapshot>.Ok(new AccountSnapshot(balances, user.Value.Status == "ok", IsHedgeMode: false, Updated: null) { Cards = parts });
    }

    public override Task<VenueResult<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellation) =>
        Task.FromResult(VenueResult<IReadOnlyList<VenuePosition>>.Ok([]));

    public override Task<VenueResult<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellation) =>
        Task.FromResult(VenueResult<IReadOnlyList<VenueOrder>>.Ok([]));

    public override Task<VenueResult<FeeRates>> FeesAsync(string symbol, CancellationToken cancellation) =>
        Task.FromResult(NotSupported<FeeRates>("they are part of each quote"));

    public override Task<VenueResult<KeyPermissions>> KeyPermissionsAsync(CancellationToken cancellation) =>
        Task.FromResult(NotSupported<KeyPermissions>("it has no call for that; a personal access token may do everything"));

    private static VenueResult<T> NotSupported<T>(string why) => VenueResult<T>.Failed(new VenueError(VenueErrorKind.NotSupported, Outcome.NotDone, 0, why));

    private static AssetBalance BalanceOf(Asset asset, decimal total, decimal free) => new(asset, free, total - free, total);
}
