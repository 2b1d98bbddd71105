using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Hosting.Portfolio;

/// <summary>Bots and pairs of a portfolio account, as the database keeps them. Whoever changes them, a process that carries the account sees it at its next look.</summary>
/// <param name="records">The database.</param>
/// <param name="account">The account.</param>
public sealed class PortfolioStore(RecordStore records, string account)
{
    /// <summary>The account where none is named.</summary>
    public const string DefaultAccount = "portfolio";

    /// <summary>The bot where none is named.</summary>
    public const string DefaultBot = "bot-1";

    /// <summary>What a name of an account or bot is.</summary>
    public const string NameAllowed = "up to 40 small letters, digits and dashes, a letter first";

    /// <summary>The account.</summary>
    public string Account => account;

    /// <summary>Whether a text is a name of an account or bot.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= 40 && char.IsAsciiLetterLower(text[0]) && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
    }

    /// <summary>The configured bots, in the order in which they were made.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    /// <exception cref="FormatException">What is stored is damaged.</exception>
    public IReadOnlyList<ConfiguredBot> Bots() => [.. records.PortfolioBots(account).Select(static row => new ConfiguredBot(row.Bot, PortfolioSettings.Parse(row.Settings)))];

    /// <summary>The settings of a bot; null where it has none.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public PortfolioSettings? Find(string bot) => Bots().FirstOrDefault(one => one.Name == bot)?.Settings;

    /// <summary>All pairs, the highest priority first.</summary>
    /// <exception cref="RecordStoreException">The database failed.</exception>
    public IReadOnlyList<TradingPair> Pairs() => [.. records.Pairs(account).Select(static row => TradingPair.Parse(row.Symbol, row.Priority, row.IsEnabled))];

    /// <summary>Changes settings of a bot: all that is asked for or nothing. A bot without settings is made with those that it does not say as they are by default.</summary>
    /// <param name="bot">The bot.</param>
    /// <param name="changes">Names and values.</param>
    /// <param name="now">The time.</param>
    /// <returns>The settings now; or null and everything that is wrong.</returns>
    /// <exception cref="RecordStoreException">The database failed: nothing was changed.</exception>
    public (PortfolioSettings? Settings, IReadOnlyList<string> Faults) Change(string bot, IReadOnlyList<KeyValuePair<string, string>> changes, Timestamp now)
    {
        if (!IsName(account) || !IsName(bot))
        {
            return (null, [IsName(account) ? $"bot: {bot}: {NameAllowed}" : $"account: {account}: {NameAllowed}"]);
        }

        List<string> faults = [];
        PortfolioSettings? changed = null;
        records.ChangePortfolioBot((account, bot), before =>
        {
            PortfolioSettings current = before is null ? new PortfolioSettings() : PortfolioSettings.Parse(before);
            changed = current.WithAll(changes, faults);
            return changed?.ToText();
        }, now);
        return (changed, faults);
    }

    /// <summary>Adds pairs, or gives those that are there this priority and state.</summary>
    /// <exception cref="RecordStoreException">The database failed: nothing was changed.</exception>
    public void Put(IEnumerable<TradingPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        records.PutPairs([.. pairs.Select(pair => new PairRow(account, pair.Symbol, pair.Priority, pair.IsEnabled))]);
    }

    /// <summary>Adds pairs that are not there; those that are stay as they are, but are switched on.</summary>
    /// <exception cref="PortfolioInputException">A pair is there the other way around.</exception>
    /// <exception cref="RecordStoreException">The database failed: nothing was changed.</exception>
    public void Add(IReadOnlyList<TradingPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        IReadOnlyList<TradingPair> known = Pairs();
        if (pairs.FirstOrDefault(pair => known.Concat(pairs).Any(other => other.Base == pair.Quote && other.Quote == pair.Base)) is { } turned)
        {
            throw new PortfolioInputException("pair", turned.Symbol, $"a pair that is not there as {turned.Quote}-{turned.Base}");
        }

        Put(pairs.DistinctBy(static pair => pair.Symbol).Select(pair => known.FirstOrDefault(one => one.Symbol == pair.Symbol) is { } same ? same with { IsEnabled = true } : pair));
    }
}
