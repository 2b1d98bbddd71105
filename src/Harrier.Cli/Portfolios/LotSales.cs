using System.Globalization;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Features.Portfolio.Allocation;

namespace Harrier.Cli.Portfolios;

/// <summary>What a sale would realize, by the order in which lots are sold.</summary>
/// <param name="Asset">What is sold.</param>
/// <param name="Quantity">How much of it the lots cover.</param>
/// <param name="Price">At what price.</param>
/// <param name="Gains">First in first out, last in first out, dearest first.</param>
internal sealed record LotSales(string Asset, decimal Quantity, decimal Price, IReadOnlyList<decimal> Gains)
{
    private const string Allowed = "day, asset, quantity and price as 2024-01-31:BTC=0.5@42000";

    /// <summary>Works out a sale.</summary>
    /// <returns>Null where nothing is sold, or no lot is known.</returns>
    public static LotSales? Of(string asset, decimal move, decimal price, TaxLots? lots)
    {
        decimal quantity = lots is null || move >= 0 ? 0 : Math.Min(-move / price, lots.Quantity);
        return quantity > 0 ? new LotSales(asset, quantity, price, [.. Enum.GetValues<LotOrder>().Select(order => lots!.Preview(quantity, price, order).RealizedGain)]) : null;
    }

    /// <summary>Reads lots.</summary>
    /// <exception cref="InputException">A text is no lot.</exception>
    public static IReadOnlyDictionary<Asset, TaxLots> Read(string option, string[] texts)
    {
        Dictionary<Asset, TaxLots> lots = [];
        foreach (string text in texts)
        {
            string[] parts = text.Split(':', '=', '@');
            if (parts.Length != 4)
            {
                throw new InputException(option.TrimStart('-'), text, Allowed);
            }

            Asset asset = AmountText.Asset(option, parts[1]);
            Timestamp day = Timestamp.From(new DateTimeOffset(OptionText.Day(option, parts[0]).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
            TaxLots held = lots.GetValueOrDefault(asset) ?? new TaxLots();
            held.Add(new TaxLot(day, OptionText.Positive(option, parts[2]), OptionText.Positive(option, parts[3])));
            lots[asset] = held;
        }

        return lots;
    }

    /// <summary>One line for people.</summary>
    public string ToText(Asset numeraire) => string.Create(
        CultureInfo.InvariantCulture, $"sale: {Quantity:0.########} {Asset} at {Price:0.########} realizes {Gains[0]:0.00} {numeraire} first in first out, {Gains[1]:0.00} last in first out, {Gains[2]:0.00} dearest first");
}
