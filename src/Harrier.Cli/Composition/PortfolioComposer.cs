using System.Text.Json;
using Harrier.Cli.Accounts;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Exchanges;
using Harrier.Exchanges.Conversions;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Storage.Sessions;
using Harrier.Testnet;

namespace Harrier.Cli.Composition;

/// <summary>A portfolio account that was wired, and its way to the venue.</summary>
/// <param name="Host">Who carries it.</param>
/// <param name="Side">The way.</param>
internal sealed record CarriedPortfolio(PortfolioHost Host, ConversionSide Side) : IDisposable
{
    /// <summary>Closes the way.</summary>
    public void Dispose() => Side.Dispose();
}

/// <summary>Wires portfolio accounts: their way to the venue, their journal, their records.</summary>
/// <param name="home">The folder of all state.</param>
/// <param name="surroundings">The outside world.</param>
/// <param name="exchange">The built-in exchange of this process; null where no account is on it.</param>
/// <param name="records">The database.</param>
internal sealed class PortfolioComposer(string home, VenueSurroundings surroundings, BuiltInExchange? exchange, RecordStore records)
{
    /// <summary>Wires an account. What its settings name and the database does not have is put there.</summary>
    /// <param name="settings">The account.</param>
    /// <param name="bots">The bots that are carried, null for all; and those of them that send nothing, whatever their settings say.</param>
    /// <param name="view">Told what happens.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="InputException">Nothing can be converted there, or its key may do too much.</exception>
    /// <exception cref="AccountStateException">What is stored of the account cannot be continued.</exception>
    public async Task<CarriedPortfolio> ComposeAsync(PortfolioAccountSettings settings, (IReadOnlyCollection<string>? Carried, IReadOnlyCollection<string> Dry) bots, Running.IRunView view, CancellationToken stop)
    {
        ConversionSide side = Open(settings);
        try
        {
            await CheckKeyAsync(settings, side.Reader, view.Warn, stop).ConfigureAwait(false);
            Timestamp now = Timestamp.From(surroundings.Time.GetUtcNow());
            Timestamp openedAt = new SessionFolder(PortfolioHome.FolderOf(home, settings.Name)).OpenedAt(now);
            records.Claim(new AccountRow(settings.Name, Path.GetFullPath(home), settings.Venue, openedAt));
            PortfolioStore store = new(records, settings.Name);
            Seed(store, settings, now);
            PortfolioHome opened = PortfolioHome.Open(home, TermsOf(settings, side.Traits, PortfolioHome.RunOf(settings.Name, openedAt)), now);
            view.Tell(new AccountNote(now, settings.Name, opened.IsNew ? "new" : FormattableString.Invariant($"continued, {opened.Replayed} inputs replayed from the journal")));
            PortfolioParts parts = new()
            {
                Home = opened,
                Venue = new PortfolioVenue(side.Conversions, side.Rates),
                Store = store,
                Records = new PortfolioRecords(records, settings.Name, view.Warn),
                Time = surroundings.Time,
                Tell = view.Tell,
                DryBots = new SortedSet<string>(bots.Dry, StringComparer.Ordinal),
            };
            return new CarriedPortfolio(new PortfolioHost(parts, bots.Carried, settings.Mode), side);
        }
        catch
        {
            side.Dispose();
            throw;
        }
    }

    private static void Seed(PortfolioStore store, PortfolioAccountSettings settings, Timestamp now)
    {
        IReadOnlyList<ConfiguredBot> known = store.Bots();
        foreach (ConfiguredBot bot in settings.Bots.Where(bot => known.All(one => one.Name != bot.Name)))
        {
            _ = store.Change(bot.Name, [.. PortfolioSettings.Fields.Select(field => KeyValuePair.Create(field.Name, field.Read(bot.Settings)))], now);
        }

        IReadOnlyList<Features.Portfolio.TradingPair> pairs = store.Pairs();
        store.Put(settings.Pairs.Where(pair => pairs.All(one => one.Symbol != pair.Symbol)));
    }

    private static PortfolioTerms TermsOf(PortfolioAccountSettings settings, ConversionTraits traits, uint run)
    {
        PortfolioTerms terms = new() { Account = settings.Name, Venue = new VenueId(settings.Venue), Numeraire = traits.Numeraire, Run = run, Fee = settings.Fee ?? traits.Fee, Decimals = traits.Decimals };
        return settings.MaxPositionNotional is { } most ? terms with { MaxPositionNotional = most } : terms;
    }

    private ConversionSide Open(PortfolioAccountSettings settings)
    {
        if (!Exchanges.Venues.Contains(settings.Venue, StringComparer.Ordinal))
        {
            throw Unfit(settings.Venue);
        }

        AccountRequest request = new(settings.Venue, PlaceOf(settings), CredentialsOf(settings));
        AccountAccess access = Exchanges.Of(settings.Venue).OpenAccount(request, surroundings);
        if (ConversionSide.Of(access, surroundings.Time) is { } side)
        {
            return side;
        }

        access.Dispose();
        throw Unfit(settings.Venue);
    }

    private static InputException Unfit(string venue) => new("venue", venue, "a venue that converts, or a spot market");

    // A key that may move money out is no key for a bot.
    private static async Task CheckKeyAsync(PortfolioAccountSettings settings, AccountClient reader, Action<string> warn, CancellationToken stop)
    {
        if (settings.Endpoint == AccountSettings.BuiltIn)
        {
            return;
        }

        VenueResult<KeyPermissions> permissions = await reader.KeyPermissionsAsync(stop).ConfigureAwait(false);
        if (!permissions.IsOk)
        {
            warn($"warning: {settings.Name}: what the key may do cannot be read: {permissions.Error.Message}");
            return;
        }

        if (settings.Mode == "live" && permissions.Value.CanWithdraw)
        {
            throw new InputException("key-file", settings.KeyFile ?? "", "a key that cannot move money out of the venue");
        }

        foreach (string warning in permissions.Value.Warnings)
        {
            warn($"warning: {settings.Name}: {warning}");
        }
    }

    private VenuePlace PlaceOf(PortfolioAccountSettings settings) => settings.Endpoint == AccountSettings.BuiltIn
        ? new VenuePlace(PlaceKind.Address, new Uri(exchange!.Host.Origins[HouseOf(settings)].Http))
        : EndpointChoice.Read(settings.Endpoint);

    // The built-in exchange makes its keys itself, and tells them: a token where the house has no key and secret.
    private ApiCredentials CredentialsOf(PortfolioAccountSettings settings)
    {
        if (settings.KeyFile is { } file)
        {
            return AccountOptions.Credentials("key_file", file, settings.Venue);
        }

        using JsonDocument ready = JsonDocument.Parse(exchange!.Host.ReadyLine);
        JsonElement house = ready.RootElement.GetProperty(HouseOf(settings));
        return house.TryGetProperty("token", out JsonElement token)
            ? new ApiCredentials("default", new Secret(token.GetString()!))
            : new ApiCredentials(house.GetProperty("key").GetString()!, new Secret(house.GetProperty("secret").GetString()!));
    }

    private static string HouseOf(PortfolioAccountSettings settings) => settings.Venue.Split('-')[0];
}
