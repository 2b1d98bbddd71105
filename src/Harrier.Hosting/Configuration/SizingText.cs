using System.Globalization;
using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Configuration;

/// <summary>A size of positions as people write it: fraction:0.95, quote:1000, base:0.1, risk:0.01.</summary>
internal static class SizingText
{
    public const string Allowed = "fraction:0.95, quote:1000, base:0.1 or risk:0.01";

    private static readonly (string Name, SizingMethod Method, decimal Max)[] Methods =
    [
        ("fraction", SizingMethod.FractionOfEquity, 1),
        ("quote", SizingMethod.QuoteAmount, 1_000_000_000_000),
        ("base", SizingMethod.BaseAmount, 1_000_000_000_000),
        ("risk", SizingMethod.RiskOfEquity, 1),
    ];

    public static bool TryParse(string text, out PositionSizing sizing)
    {
        foreach ((string name, SizingMethod method, decimal max) in Methods)
        {
            if (text.StartsWith(name + ":", StringComparison.Ordinal)
                && decimal.TryParse(text.AsSpan(name.Length + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount)
                && amount > 0 && amount <= max)
            {
                sizing = new PositionSizing(method, amount);
                return true;
            }
        }

        sizing = default;
        return false;
    }

    public static string Of(PositionSizing sizing) =>
        string.Create(CultureInfo.InvariantCulture, $"{Methods.First(known => known.Method == sizing.Method).Name}:{sizing.Amount}");
}
