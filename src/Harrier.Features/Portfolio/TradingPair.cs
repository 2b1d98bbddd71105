using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>A pair that the portfolio bot watches, such as BTC-USD (guide 003, TradingPair).</summary>
/// <param name="Base">What is priced.</param>
/// <param name="Quote">What it is priced in.</param>
/// <param name="Priority">Higher is looked at more often, see <see cref="LookSchedule"/>.</param>
/// <param name="IsEnabled">False: kept, not looked at.</param>
public sealed record TradingPair(Asset Base, Asset Quote, int Priority = 0, bool IsEnabled = true)
{
    /// <summary>Most characters of a pair's symbol, as in the guide's data model.</summary>
    public const int MaxSymbolLength = 20;

    /// <summary>The largest priority; the smallest is its negative.</summary>
    public const int MaxPriority = 1000;

    private const string Allowed = "two different assets as BTC-USD, at most 20 characters";

    /// <summary>Base and quote with a hyphen between.</summary>
    public string Symbol => $"{Base}-{Quote}";

    /// <summary>Reads a pair as BTC-USD or BTC/USD, in any case.</summary>
    /// <exception cref="PortfolioInputException">The text is no pair, or the priority is out of range.</exception>
    public static TradingPair Parse(string text, int priority = 0, bool isEnabled = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim().Split('-', '/');
        bool isPair = text.Length <= MaxSymbolLength && parts.Length == 2 && parts.All(IsCode) && !parts[0].Equals(parts[1], StringComparison.OrdinalIgnoreCase);
        if (!isPair)
        {
            throw new PortfolioInputException("pair", text, Allowed);
        }

        return priority is >= -MaxPriority and <= MaxPriority
            ? new TradingPair(new Asset(parts[0]), new Asset(parts[1]), priority, isEnabled)
            : throw new PortfolioInputException("priority", FormattableString.Invariant($"{priority}"), FormattableString.Invariant($"a whole number from -{MaxPriority} to {MaxPriority}"));
    }

    /// <inheritdoc/>
    public override string ToString() => Symbol;

    private static bool IsCode(string part) => part.Length > 0 && part.All(char.IsAsciiLetterOrDigit);
}
