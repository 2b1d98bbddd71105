using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;

namespace Harrier.Cli.Running;

/// <summary>
/// Lets portfolio accounts take what has changed of them in a configuration: settings and pairs, at their next look. What is the same in the file as before is left as the database has
/// it. Accounts that are new, gone or elsewhere need a new start.
/// </summary>
/// <param name="records">Where bots and pairs are configured.</param>
/// <param name="first">The accounts as the run began with them.</param>
/// <param name="time">The clock.</param>
internal sealed class PortfolioReload(RecordStore records, IReadOnlyList<PortfolioAccountSettings> first, TimeProvider time)
{
    private IReadOnlyList<PortfolioAccountSettings> _before = first;

    /// <summary>Everything that stands against it.</summary>
    public IEnumerable<string> Objections(IReadOnlyList<PortfolioAccountSettings> now)
    {
        foreach (string name in now.Concat(_before).Select(static one => one.Name).Distinct(StringComparer.Ordinal))
        {
            PortfolioAccountSettings? wanted = now.FirstOrDefault(one => one.Name == name);
            if (wanted is null || _before.FirstOrDefault(one => one.Name == name) is not { } before)
            {
                yield return $"portfolios: {name}: {(wanted is null ? "gone" : "new")}: the same accounts while it runs; stop the run and start it to change them";
                continue;
            }

            bool isThere = (wanted.Venue, wanted.Endpoint, wanted.KeyFile, wanted.Fee, wanted.MaxPositionNotional) == (before.Venue, before.Endpoint, before.KeyFile, before.Fee, before.MaxPositionNotional);
            if (!isThere)
            {
                yield return $"portfolios: {name}: venue, endpoint, key_file, fee or max_position_notional changed: as before while it runs; stop the run and start it to change them";
            }

            IReadOnlyList<TradingPair> known = new PortfolioStore(records, name).Pairs();
            foreach (TradingPair turned in wanted.Pairs.Where(pair => known.Any(other => other.Base == pair.Quote && other.Quote == pair.Base)))
            {
                yield return $"portfolios: {name}: {turned.Symbol}: a pair that is not there as {turned.Quote}-{turned.Base}";
            }
        }
    }

    /// <summary>Carries it out; nothing stands against it.</summary>
    /// <returns>What was changed, one line for each account.</returns>
    public IReadOnlyList<string> Carry(IReadOnlyList<PortfolioAccountSettings> now)
    {
        Timestamp at = Timestamp.From(time.GetUtcNow());
        List<string> lines = [];
        foreach (PortfolioAccountSettings wanted in now)
        {
            PortfolioAccountSettings before = _before.First(one => one.Name == wanted.Name);
            PortfolioStore store = new(records, wanted.Name);
            List<string> changed = [];
            foreach (ConfiguredBot bot in wanted.Bots)
            {
                PortfolioSettings? old = before.Bots.FirstOrDefault(one => one.Name == bot.Name)?.Settings;
                KeyValuePair<string, string>[] changes = [.. PortfolioSettings.Fields.Where(field => old is null || field.Read(old) != field.Read(bot.Settings)).Select(field => KeyValuePair.Create(field.Name, field.Read(bot.Settings)))];
                if (changes.Length > 0)
                {
                    _ = store.Change(bot.Name, changes, at);
                    changed.Add($"{bot.Name}: {(old is null ? "new" : string.Join(", ", changes.Select(static one => $"{one.Key} {one.Value}")))}");
                }
            }

            TradingPair[] pairs = [.. wanted.Pairs.Except(before.Pairs), .. before.Pairs.Where(pair => wanted.Pairs.All(one => one.Symbol != pair.Symbol)).Select(static pair => pair with { IsEnabled = false })];
            store.Put(pairs);
            changed.AddRange(pairs.Select(static pair => $"{pair.Symbol}{(pair.IsEnabled ? "" : " is looked at no more")}"));
            if (changed.Count > 0)
            {
                lines.Add($"{wanted.Name}: {string.Join("; ", changed)}");
            }
        }

        _before = now;
        return lines;
    }
}
