using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Configuration;

/// <summary>How finely an account hears of the market, as a configuration says it.</summary>
internal static class ResolutionText
{
    private static readonly string[] Words = [.. Enum.GetNames<MarketResolution>().Select(static name => name.ToLowerInvariant())];

    /// <summary>Reads it; where nothing is said it is the least that all strategies can decide on.</summary>
    /// <param name="section">The account.</param>
    /// <param name="account">What was read of it so far, its bots included.</param>
    public static AccountSettings Read(Section section, AccountSettings account)
    {
        (string Bot, MarketResolution Least)[] needs = [.. account.Bots.Select(static bot => (bot.Name, ResolutionNeeds.Of(bot.Strategy)))];
        MarketResolution least = needs.Select(static need => need.Least).DefaultIfEmpty().Max();
        MarketResolution chosen = (MarketResolution)section.Choice("resolution", (int)least, Words);
        foreach ((string bot, MarketResolution wanted) in needs.Where(need => need.Least > chosen))
        {
            section.Fault("resolution", Words[(int)chosen], $"{string.Join(" or ", Words[(int)wanted..])}: the strategy of bot {bot} decides on what is finer than {Words[(int)chosen]}");
        }

        return account with { Resolution = chosen, LatencyMilliseconds = section.Number("latency_ms", 50, 0, 10_000) };
    }
}
