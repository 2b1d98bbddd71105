using Harrier.Features.Portfolio;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Portfolio;

/// <summary>A portfolio account as configured: where it converts, and with what its bots and pairs begin. What is in the database afterwards is what holds.</summary>
public sealed record PortfolioAccountSettings
{
    /// <summary>The name, of its own; also that of its folder.</summary>
    public string Name { get; init; } = PortfolioStore.DefaultAccount;

    /// <summary>Full name of the venue: one that converts, or a spot market.</summary>
    public required string Venue { get; init; }

    /// <summary>Where it is: <see cref="AccountSettings.BuiltIn"/>, testnet, live, or an address.</summary>
    public string Endpoint { get; init; } = AccountSettings.BuiltIn;

    /// <summary>The file with the key of the account; null on the built-in exchange, which makes its own.</summary>
    public string? KeyFile { get; init; }

    /// <summary>What each conversion costs besides the spread, as a fraction; null for what the venue usually takes.</summary>
    public decimal? Fee { get; init; }

    /// <summary>The largest worth of one asset that conversions may lead to, in the currency of reckoning; null for no bound.</summary>
    public decimal? MaxPositionNotional { get; init; }

    /// <summary>Bots that are made where there are none of their names.</summary>
    public IReadOnlyList<ConfiguredBot> Bots { get; init; } = [];

    /// <summary>Pairs that are added where they are not there.</summary>
    public IReadOnlyList<TradingPair> Pairs { get; init; } = [];

    /// <summary>The sentence by which the owner of an account agrees to real conversions.</summary>
    public static string ConsentFor(string account) => VenueText.ConsentFor(account);

    /// <summary>What becomes of its conversions, for people.</summary>
    public string Mode => Endpoint == "live" ? "live" : "demo";
}
