using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Configuration;
using Harrier.Simulation.Books;
using Harrier.Simulation.Fills;
using Harrier.Storage.Journal;
using Harrier.Storage.Sessions;

namespace Harrier.Hosting.Accounts;

/// <summary>An account's settings together with the instruments as the venue lists them: all that its engine is made of.</summary>
public sealed class AccountPlan
{
    /// <summary>Joins settings and instruments.</summary>
    /// <param name="settings">The account.</param>
    /// <param name="instruments">One for each of the account's symbols, with ids 0, 1, 2, ...</param>
    /// <param name="build">Version of the program.</param>
    /// <param name="run">Part of the ids of its orders; null for one that follows from settings and instruments.</param>
    /// <exception cref="ConfigurationException">The instruments do not share a quote asset.</exception>
    public AccountPlan(AccountSettings settings, IReadOnlyList<Instrument> instruments, string build, uint? run = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(instruments);
        Settings = settings;
        Instruments = instruments;
        Numeraire = instruments[0].Quote;
        if (instruments.FirstOrDefault(instrument => instrument.Quote != Numeraire) is { } other)
        {
            throw new ConfigurationException([$"accounts: {settings.Name}: symbols with the same quote asset; {other.Symbol} is not quoted in {Numeraire}"]);
        }

        string hash = HashOf(settings, instruments);
        Identity = new JournalIdentity(build, hash, [.. instruments.Select(static instrument => instrument.Definition)])
        {
            Run = run ?? uint.Parse(hash.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The account as configured.</summary>
    public AccountSettings Settings { get; }

    /// <summary>What is traded.</summary>
    public IReadOnlyList<Instrument> Instruments { get; }

    /// <summary>The currency of reckoning: the quote asset.</summary>
    public Asset Numeraire { get; }

    /// <summary>What journals say of the account.</summary>
    public JournalIdentity Identity { get; }

    /// <summary>Hash of settings and instruments in hexadecimal: a state belongs to one of these.</summary>
    public string ConfigHash => Identity.ConfigHash;

    /// <summary>The same account with other ids for its orders.</summary>
    public AccountPlan Named(uint run) => run == Identity.Run ? this : new AccountPlan(Settings, Instruments, Identity.Build, run);

    /// <summary>
    /// The account for a start of the program. Ids that a venue has seen must never come again, whatever was lost of the state: each start that sends orders has a
    /// part of the ids for itself, the seconds since 1970.
    /// </summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="before">That part at the start before; 0 before the first.</param>
    public AccountPlan ForStart(Timestamp now, uint before) =>
        Settings.Kind.SendsOrders ? Named(Math.Max(before + 1, (uint)(now.Nanos / Timestamp.NanosPerSecond))) : this;

    /// <summary>An account before its first input, of the kind that the settings say.</summary>
    /// <param name="journal">Folder for the journal of its inputs and decisions: empty, or not there yet.</param>
    /// <exception cref="IOException">The journal cannot be begun.</exception>
    public TradingAccount NewAccount(string journal) => Settings.Kind.Make(this, journal);

    /// <summary>Makes the plan of a session from what lies in its folder.</summary>
    /// <param name="stored">The stored plan.</param>
    /// <param name="reader">Reads settings with the strategies of this program.</param>
    /// <exception cref="ConfigurationException">The settings name what this program does not have.</exception>
    public static AccountPlan Of(SessionPlan stored, SettingsReader reader)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(reader);
        AccountSettings settings = reader.ReadAccount(ConfigurationTree.Parse("the stored plan", stored.Settings));
        return new AccountPlan(settings, [.. stored.Identity.Instruments.Select(static (terms, i) => new Instrument(new InstrumentId(i), terms))], stored.Identity.Build, stored.Identity.Run);
    }

    /// <summary>The instrument of a symbol.</summary>
    public Instrument InstrumentOf(string symbol) => Instruments.First(instrument => instrument.Symbol == symbol);

    /// <summary>Length of the bars of an instrument; a minute for one that no bot has any more.</summary>
    public BarSpec IntervalOf(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return (Settings.ActiveBots.FirstOrDefault(bot => bot.Symbol == instrument.Symbol) ?? Settings.Bots.FirstOrDefault(bot => bot.Symbol == instrument.Symbol))?.Interval
            ?? new BarSpec(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
    }

    /// <summary>Options of an engine, with strategies of its own.</summary>
    public EngineOptions NewEngineOptions() => new()
    {
        Account = new AccountId(Settings.Name),
        Run = Identity.Run,
        Instruments = Instruments,
        Numeraire = Numeraire,
        IsSupervised = true,
        Limits = Settings.Risk with
        {
            Leverage = Settings.Leverage,
            TakerFeeRate = Settings.TakerFeeBps / 10_000,
            ExpectedSlippage = Settings.SlippageBps / 10_000,
        },
        Bots = [.. Settings.Bots.Select(bot => new BotDefinition
        {
            Strategy = bot.IsRemoved ? new RemovedStrategy() : bot.Strategy.CreateAnother(),
            Another = bot.IsRemoved ? null : bot.Strategy.CreateAnother,
            Instruments = [InstrumentOf(bot.Symbol).Id],
            Sizing = bot.Size,
            Protection = bot.Protection,
        })],
    };

    /// <summary>A simulated venue with empty accounts.</summary>
    public FillSimulator NewVenue() => new(Instruments, Settings.Bots.Count, Costs());

    /// <summary>A simulated venue on trades, or trades and books, with empty accounts.</summary>
    public BookFillSimulator NewBookVenue() => new(Instruments, Settings.Bots.Count, Costs(), new BookFillOptions
    {
        HasBook = Settings.Resolution == MarketResolution.Book,
        Entry = new ConstantLatency((double)Settings.LatencyMilliseconds),
        Response = new ConstantLatency((double)Settings.LatencyMilliseconds),
    });

    /// <summary>True for events of the market that are inputs of the account.</summary>
    public bool Hears(MarketEventKind kind) => kind switch
    {
        MarketEventKind.Trade => Settings.Resolution >= MarketResolution.Ticks,
        MarketEventKind.BookLevel or MarketEventKind.BookClear => Settings.Resolution == MarketResolution.Book,
        MarketEventKind.MarkPrice => Settings.Resolution >= MarketResolution.Ticks,

        // A venue pays it into the account itself, and says so.
        MarketEventKind.Funding => !Settings.Kind.SendsOrders,
        _ => false,
    };

    private FillOptions Costs() => new()
    {
        MakerFeeRate = Settings.MakerFeeBps / 10_000,
        TakerFeeRate = Settings.TakerFeeBps / 10_000,
        Slippage = new FixedSlippage((double)Settings.SlippageBps),
        Leverage = Settings.Leverage,
    };

    // The address is not part of it, the built-in exchange may have another tomorrow; whether the data are its, the venue's name tells. Nor are key and consent.
    private static string HashOf(AccountSettings settings, IReadOnlyList<Instrument> instruments)
    {
        StringBuilder text = new(SettingsText.Of(settings with { Endpoint = "", KeyFile = null, Consent = null }).ToJsonString());
        foreach (Instrument instrument in instruments)
        {
            InstrumentDefinition terms = instrument.Definition;
            text.AppendLine().Append(
                CultureInfo.InvariantCulture,
                $"{terms.Venue.Name} {terms.Symbol} {terms.Kind} {terms.TickSize} {terms.LotSize} {terms.MinQuantity} {terms.MaxQuantity} {terms.MinNotional} {terms.MaintenanceMarginRate}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
