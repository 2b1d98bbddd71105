using System.Globalization;
using System.Text.Json.Nodes;

namespace Harrier.Hosting.Configuration;

/// <summary>How an account trades at its venue, as a configuration says it, and what is refused of it before anything starts.</summary>
internal static class VenueText
{
    private const decimal MostGuardedLeverage = 3;
    private const string PlaceAllowed = "built-in, testnet, live, or the URL of an exchange such as http://127.0.0.1:9900";

    /// <summary>The sentence by which the owner of an account agrees to real orders.</summary>
    public static string ConsentFor(string account) => $"I accept that {account} trades real money";

    /// <summary>What becomes of the account's orders.</summary>
    public static AccountKind ReadKind(Section section)
    {
        string[] words = [.. AccountKind.All.Select(static kind => kind.Name)];
        return AccountKind.All[section.Choice("mode", 0, words)];
    }

    /// <summary>Where the venue is reached.</summary>
    public static string ReadEndpoint(Section section, AccountKind kind)
    {
        string endpoint = section.Optional("endpoint") ?? AccountSettings.BuiltIn;
        if (endpoint is not (AccountSettings.BuiltIn or "testnet" or "live") && !IsAddress(endpoint))
        {
            section.Fault("endpoint", endpoint, PlaceAllowed);
        }
        else if (kind.RefusesRealMoney && IsRealMoney(endpoint))
        {
            section.Fault("endpoint", endpoint, "built-in, testnet, or an exchange on this machine: demo never touches real money");
        }

        return endpoint;
    }

    /// <summary>Reads the rest, and refuses what must not trade like this.</summary>
    /// <param name="section">The account.</param>
    /// <param name="account">What was read of it so far.</param>
    public static AccountSettings Read(Section section, AccountSettings account)
    {
        AccountSettings read = account with
        {
            KeyFile = section.Optional("key_file"),
            Consent = section.Optional("confirm_live"),
            OutlivesPower = section.Choice("durability", 0, ["power", "process"]) == 0,
        };
        int perSymbol = section.CountOrNone("positions_per_symbol", account.Kind.IsGuarded ? 1 : null, 1, 1000) ?? int.MaxValue;
        RefuseCrowds(section, read, perSymbol);
        if (read.Kind.SeesVenue && read.KeyFile is null && read.Endpoint != AccountSettings.BuiltIn)
        {
            section.Fault("key_file", "none given", "a file of JSON with venue, key and secret, mode 0600; only the built-in exchange needs none");
        }

        if (read.Kind.IsGuarded && IsRealMoney(read.Endpoint) && read.Consent != ConsentFor(read.Name))
        {
            section.Fault("confirm_live", read.Consent ?? "none given", $"\"{ConsentFor(read.Name)}\", word for word");
        }

        if (read.Kind.IsGuarded && read.Leverage > MostGuardedLeverage)
        {
            section.Fault("leverage", read.Leverage.ToString(CultureInfo.InvariantCulture), "1 to 3 where mode is live");
        }

        return read;
    }

    /// <summary>Writes what <see cref="Read"/> reads.</summary>
    public static void Write(JsonObject written, AccountSettings account)
    {
        if (!account.Kind.SeesVenue)
        {
            return;
        }

        written["durability"] = account.OutlivesPower ? "power" : "process";
        written["positions_per_symbol"] = MostOnOneSymbol(account).ToString(CultureInfo.InvariantCulture);
        if (account.KeyFile is { } file)
        {
            written["key_file"] = file;
        }

        if (account.Consent is { } consent)
        {
            written["confirm_live"] = consent;
        }
    }

    // Each bot holds at most one position in its symbol.
    private static void RefuseCrowds(Section section, AccountSettings account, int most)
    {
        foreach (IGrouping<string, BotSettings> crowd in account.ActiveBots.GroupBy(static bot => bot.Symbol, StringComparer.Ordinal).Where(group => group.Count() > most))
        {
            section.Fault(
                "bots",
                $"{crowd.Count()} bots on {crowd.Key}",
                $"at most {most} position{(most == 1 ? "" : "s")} in a symbol; positions_per_symbol allows more, each bot then has its own part of the venue's position");
        }
    }

    private static int MostOnOneSymbol(AccountSettings account) => account.ActiveBots.GroupBy(static bot => bot.Symbol, StringComparer.Ordinal).Select(static group => group.Count()).DefaultIfEmpty(1).Max();

    private static bool IsRealMoney(string endpoint) =>
        endpoint == "live" || (Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" && !address.IsLoopback);

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.PathAndQuery == "/" && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback));
}
