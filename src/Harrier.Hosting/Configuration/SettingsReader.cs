using System.Globalization;
using System.Text.Json.Nodes;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Logging;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Hosting.Portfolio;
using Harrier.Hosting.Telemetry;

namespace Harrier.Hosting.Configuration;

/// <summary>Makes settings of a configuration's values, and names everything that is wrong with them at once.</summary>
/// <param name="strategies">The strategies to choose from.</param>
/// <param name="venues">Full names of the venues that have market data for bots.</param>
public sealed class SettingsReader(StrategyCatalog strategies, IReadOnlyList<string> venues)
{
    private const string NameAllowed = "up to 40 small letters, digits and dashes, a letter first";

    /// <summary>Reads everything.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; all faults are named.</exception>
    public RunSettings Read(JsonObject tree)
    {
        List<string> faults = [];
        Section root = new(tree, "", faults);
        List<AccountSettings> accounts = [];
        decimal seed = root.Number("seed", 1, 0, int.MaxValue);
        string? records = root.Optional("records");
        NotificationSettings? notifications = NotificationSection.Read(root);
        int? keep = root.CountOrNone("keep_trades", null, 1, 10_000_000);
        int? memory = root.CountOrNone("max_memory_mib", null, 128, 1_000_000);
        ConnectionSettings connections = ConnectionSettings.Read(root.Child("connections"));
        LogSettings logging = LogSettings.Read(root.Child("logging"));
        TelemetrySettings telemetry = TelemetrySettings.Read(root.Child("telemetry"));
        FeatureFlags features = FeatureFlags.Read(root.Child("features"));
        ApplyFlags(tree, features, faults);
        IReadOnlyList<PortfolioAccountSettings> portfolios = PortfolioSection.Read(root);
        foreach (Section section in root.Sections("accounts"))
        {
            AccountSettings account = ReadAccount(section);
            if (accounts.Exists(other => other.Name == account.Name))
            {
                section.Fault("name", account.Name, "a name that no other account has");
            }

            accounts.Add(account);
        }

        root.RefuseOthers();
        return faults.Count > 0
            ? throw new ConfigurationException(faults)
            : new RunSettings(accounts) { Portfolios = portfolios, Seed = (long)seed, Records = records, Notifications = notifications, Connections = connections, Logging = logging, Telemetry = telemetry, Features = features, KeepTrades = keep, MaxMemoryMib = memory };
    }

    /// <summary>Reads one account alone, as it is stored: with what no configuration says, the bots that were removed among it.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; all faults are named.</exception>
    public AccountSettings ReadAccount(JsonObject tree)
    {
        List<string> faults = [];
        AccountSettings account = ReadAccount(new Section(tree, "", faults) { IsStored = true });
        return faults.Count == 0 ? account : throw new ConfigurationException(faults);
    }

    // What is off is off for every bot that does not say otherwise; a bot that is nothing without it is a mistake that should be seen.
    private static void ApplyFlags(JsonObject tree, FeatureFlags features, List<string> faults)
    {
        foreach ((JsonObject account, int i) in (tree["accounts"] as JsonArray ?? []).OfType<JsonObject>().Select(static (account, i) => (account, i)))
        {
            if (!features.PositionReconciliation && account["mode"]?.ToString() is "live" or "demo")
            {
                faults.Add("features.position_reconciliation: false: true where an account sends orders: without it nobody would notice what the venue knows and we do not");
            }

            foreach ((JsonObject bot, int j) in (account["bots"] as JsonArray ?? []).OfType<JsonObject>().Select(static (bot, j) => (bot, j)))
            {
                string strategy = bot["strategy"]?.ToString() ?? "";
                if (features.Missing(strategy) is { } flag)
                {
                    faults.Add(FormattableString.Invariant($"accounts[{i}].bots[{j}].strategy: {strategy}: another strategy while {flag} is off"));
                }

                foreach ((string key, string value) in features.DefaultsOf(strategy))
                {
                    JsonObject parameters = bot["parameters"] as JsonObject ?? [];
                    bot["parameters"] ??= parameters;
                    parameters.TryAdd(key, value);
                }
            }
        }
    }

    private AccountSettings ReadAccount(Section section)
    {
        string venue = section.Required("venue", "one of " + string.Join(", ", venues));
        if (venue.Length > 0 && !venues.Contains(venue, StringComparer.Ordinal))
        {
            section.Fault("venue", venue, "one of " + string.Join(", ", venues));
        }

        AccountKind kind = VenueText.ReadKind(section);
        AccountSettings account = new()
        {
            Name = ReadName(section),
            Venue = venue,
            Kind = kind,
            Endpoint = VenueText.ReadEndpoint(section, kind),
            MakerFeeBps = section.Number("maker_fee_bps", 10, -100, 1000),
            TakerFeeBps = section.Number("taker_fee_bps", 10, 0, 1000),
            SlippageBps = section.Number("slippage_bps", 5, 0, 1000),
            Leverage = section.Number("leverage", 1, 1, 125),
            Risk = RiskText.Read(section.Child("risk")),
            Bots = ReadBots(section, kind),
            KnownSymbols = section.IsStored && section.Optional("known_symbols") is { } known ? known.Split(',') : [],
        };
        account = ResolutionText.Read(section, VenueText.Read(section, account));
        if (account.Leverage != 1 && venue.EndsWith("-spot", StringComparison.Ordinal))
        {
            section.Fault("leverage", account.Leverage.ToString(CultureInfo.InvariantCulture), "1 on a spot market");
        }

        RefuseBarredSizes(section, account);
        section.RefuseOthers();
        return account;
    }

    // A bot whose every entry would be refused is a mistake that nobody would see.
    private static void RefuseBarredSizes(Section section, AccountSettings account)
    {
        if (account.Risk.MaxPositionFraction is not { } most)
        {
            return;
        }

        decimal all = account.ActiveBots.Sum(static bot => bot.Balance);
        decimal allowed = most * all;
        foreach (BotSettings bot in account.ActiveBots)
        {
            decimal wanted = bot.Size.Method switch
            {
                SizingMethod.FractionOfEquity => bot.Size.Amount * bot.Balance * account.Leverage,
                SizingMethod.QuoteAmount => bot.Size.Amount,
                _ => 0,
            };
            if (wanted > allowed)
            {
                section.Fault(
                    "risk.max_position_fraction",
                    most.ToString(CultureInfo.InvariantCulture),
                    string.Create(CultureInfo.InvariantCulture, $"large enough for the size of bot {bot.Name}: {wanted:0.##} of an account of {all:0.##}"));
            }
        }
    }

    private List<BotSettings> ReadBots(Section account, AccountKind kind)
    {
        List<BotSettings> bots = [];
        foreach (Section section in account.Sections("bots"))
        {
            if (ReadBot(section, kind) is not { } bot)
            {
                continue;
            }

            if (bot.IsRemoved)
            {
                bots.Add(bot);
                continue;
            }

            if (bots.Exists(other => other.Name == bot.Name && !other.IsRemoved))
            {
                section.Fault("name", bot.Name, "a name that no other bot of the account has");
            }

            if (bots.Find(other => other.Symbol == bot.Symbol && !other.IsRemoved) is { } first && first.Interval != bot.Interval)
            {
                section.Fault("interval", bot.Interval.ToString(), $"{first.Interval} as of bot {first.Name}: an account has one length of bars for a symbol; another account can have another");
            }

            bots.Add(bot);
        }

        return bots;
    }

    private BotSettings? ReadBot(Section section, AccountKind kind)
    {
        ConfiguredStrategy? strategy = ReadStrategy(section);
        string name = ReadName(section);
        string symbol = ReadSymbol(section);
        BarSpec interval = section.Length("interval", "a bar length such as 1s, 1m, 1h") ?? new BarSpec(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
        decimal balance = section.Number("balance", 10_000, 0.00000001m, 1_000_000_000_000);
        BotEdit rules = BotEditText.Read(section, new BotEdit(kind.IsGuarded ? BotSettings.GuardedSize : BotSettings.DefaultSize, BotSettings.DefaultProtection));
        bool isRemoved = section.IsStored && section.Optional("removed") == "true";
        section.RefuseOthers();
        return strategy is null
            ? null
            : new BotSettings { Name = name, Strategy = strategy, Symbol = symbol, Interval = interval, Balance = balance, Size = rules.Sizing, Protection = rules.Protection, IsRemoved = isRemoved };
    }

    private ConfiguredStrategy? ReadStrategy(Section section)
    {
        string key = section.Required("strategy", "the key of a strategy, see the verb strategies");
        IReadOnlyList<KeyValuePair<string, string>> parameters = section.Pairs("parameters");
        if (key.Length == 0)
        {
            return null;
        }

        try
        {
            return strategies.Find(key).Configure(parameters);
        }
        catch (StrategyInputException wrong)
        {
            foreach (StrategyFault fault in wrong.Faults)
            {
                section.Fault(fault);
            }

            return null;
        }
    }

    private static string ReadSymbol(Section section)
    {
        string text = section.Required("symbol", "a symbol such as BTCUSDT");
        if (text.Length == 0 || !SymbolText.TryParse(text, out Asset baseAsset, out Asset quoteAsset))
        {
            if (text.Length > 0)
            {
                section.Fault("symbol", text, "a symbol such as BTCUSDT, BTC/USDT or BTC-USDT");
            }

            return text;
        }

        return baseAsset.Code + quoteAsset.Code;
    }

    private static string ReadName(Section section)
    {
        string name = section.Required("name", NameAllowed);
        bool isName = name.Length is > 0 and <= 40 && char.IsAsciiLetterLower(name[0]) && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        if (name.Length > 0 && !isName)
        {
            section.Fault("name", name, NameAllowed);
        }

        return name;
    }
}
