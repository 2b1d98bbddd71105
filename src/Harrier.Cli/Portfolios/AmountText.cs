using System.Globalization;
using Harrier.Cli.Options;
using Harrier.Domain;

namespace Harrier.Cli.Portfolios;

/// <summary>Reads options that give something to each of several assets or symbols, as BTC=0.5.</summary>
internal static class AmountText
{
    private const decimal Largest = 1_000_000_000_000;

    /// <summary>Amounts of assets, each asset once.</summary>
    /// <exception cref="InputException">A text is no amount, or an asset comes twice.</exception>
    public static IReadOnlyList<Money> Amounts(string option, string[] texts)
    {
        List<Money> amounts = [];
        foreach ((string name, string value, string text) in Parts(option, texts, "an asset and an amount as BTC=0.5, each asset once"))
        {
            Money amount = new(OptionText.Decimal(option, value, 0, Largest), Asset(option, name));
            amounts.Add(amounts.TrueForAll(other => other.Asset != amount.Asset) ? amount : throw new InputException(option.TrimStart('-'), text, "each asset once"));
        }

        return amounts;
    }

    /// <summary>Whole numbers of symbols.</summary>
    /// <exception cref="InputException">A text gives none.</exception>
    public static IReadOnlyDictionary<string, int> Priorities(string option, string[] texts)
    {
        Dictionary<string, int> priorities = [];
        foreach ((string name, string value, string _) in Parts(option, texts, "a symbol and a whole number as BTCUSDT=100"))
        {
            priorities[SymbolList.Read(option, [name], 1)[0]] = Whole(option, value, -1000, 1000);
        }

        return priorities;
    }

    /// <summary>A whole number in a range.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static int Whole(string option, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw new InputException(option.TrimStart('-'), text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    /// <summary>The code of an asset.</summary>
    /// <exception cref="InputException">It cannot be one.</exception>
    public static Asset Asset(string option, string code) => code.Length is > 0 and <= 20 && code.All(char.IsAsciiLetterOrDigit)
        ? new Asset(code)
        : throw new InputException(option.TrimStart('-'), code, "the code of an asset such as USDT");

    private static IEnumerable<(string Name, string Value, string Text)> Parts(string option, string[] texts, string allowed)
    {
        foreach (string text in texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            string[] parts = text.Split('=');
            yield return parts is [{ Length: > 0 } name, { Length: > 0 } value] ? (name, value, text) : throw new InputException(option.TrimStart('-'), text, allowed);
        }
    }
}
