using System.Globalization;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Portfolio;

/// <summary>Portfolio accounts of a configuration: <c>portfolios</c>.</summary>
internal static class PortfolioSection
{
    /// <summary>Reads them; faults are noted.</summary>
    public static IReadOnlyList<PortfolioAccountSettings> Read(Section root)
    {
        List<PortfolioAccountSettings> portfolios = [];
        foreach (Section section in root.Has("portfolios") ? root.Sections("portfolios") : [])
        {
            PortfolioAccountSettings account = ReadOne(section);
            if (portfolios.Exists(other => other.Name == account.Name))
            {
                section.Fault("name", account.Name, "a name that no other portfolio has");
            }

            portfolios.Add(account);
        }

        return portfolios;
    }

    private static PortfolioAccountSettings ReadOne(Section section)
    {
        PortfolioAccountSettings account = new()
        {
            Name = NameOf(section, PortfolioStore.DefaultAccount),
            Venue = section.Required("venue", "a venue that converts"),
            Endpoint = VenueText.ReadEndpoint(section, AccountKind.Live),
            KeyFile = section.Optional("key_file"),
            Fee = section.NumberOrNone("fee", null, 0, 0.5m),
            MaxPositionNotional = section.NumberOrNone("max_position_notional", null, 0.00000001m, 1_000_000_000_000m),
            Bots = [.. section.Sections("bots").Select(ReadBot)],
            Pairs = ReadPairs(section),
        };
        string wanted = PortfolioAccountSettings.ConsentFor(account.Name);
        string? consent = section.Optional("confirm_live");
        if (account.Endpoint == "live" && consent != wanted)
        {
            section.Fault("confirm_live", consent ?? "none given", $"\"{wanted}\", word for word");
        }

        if (account.Endpoint != AccountSettings.BuiltIn && account.KeyFile is null)
        {
            section.Fault("key_file", "none given", "the file with the key of the account");
        }

        section.RefuseOthers();
        return account;
    }

    private static ConfiguredBot ReadBot(Section section)
    {
        string name = NameOf(section, PortfolioStore.DefaultBot);
        PortfolioSettings settings = new() { IsActive = true };
        foreach (PortfolioField field in PortfolioSettings.Fields)
        {
            if (section.Optional(field.Name) is not { } text)
            {
                continue;
            }

            (PortfolioSettings? changed, string? fault) = settings.With(field.Name, text);
            settings = changed ?? settings;
            if (fault is not null)
            {
                section.Fault(field.Name, text, field.Allowed);
            }
        }

        section.RefuseOthers();
        return new ConfiguredBot(name, settings);
    }

    // The first is looked at most often.
    private static TradingPair[] ReadPairs(Section section)
    {
        IReadOnlyList<string> texts = section.Texts("pairs");
        List<TradingPair> pairs = [];
        for (int i = 0; i < texts.Count; i++)
        {
            try
            {
                pairs.Add(TradingPair.Parse(texts[i], Math.Max(0, 100 - (10 * i))));
            }
            catch (PortfolioInputException wrong)
            {
                section.Fault(string.Create(CultureInfo.InvariantCulture, $"pairs[{i}]"), wrong.Value, wrong.Allowed);
            }
        }

        return [.. pairs];
    }

    private static string NameOf(Section section, string fallback)
    {
        string name = section.Optional("name") ?? fallback;
        if (!PortfolioStore.IsName(name))
        {
            section.Fault("name", name, PortfolioStore.NameAllowed);
        }

        return name;
    }
}
