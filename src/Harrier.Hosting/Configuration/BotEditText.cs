using System.Globalization;
using System.Text.Json.Nodes;
using Harrier.Engine;
using Harrier.Engine.Positions;
using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Configuration;

/// <summary>What of a bot may change while it runs, as configurations say it: size and exit rules.</summary>
internal static class BotEditText
{
    /// <summary>Their keys.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["size", "stop_loss", "take_profit", "trailing_stop", "time_stop"];

    /// <summary>Reads changes.</summary>
    /// <param name="changes">Keys and values; what is not among them stays.</param>
    /// <param name="now">What holds now.</param>
    /// <exception cref="ConfigurationException">Something is wrong; all faults are named.</exception>
    public static BotEdit Read(JsonObject changes, BotEdit now)
    {
        List<string> faults = [];
        Section section = new(changes, "", faults);
        BotEdit edit = Read(section, now);
        section.RefuseOthers();
        return faults.Count == 0 ? edit : throw new ConfigurationException(faults);
    }

    /// <summary>Reads size and exit rules of a section that holds other keys too.</summary>
    public static BotEdit Read(Section section, BotEdit fallback)
    {
        ProtectionSettings kept = fallback.Protection;
        ProtectionSettings protection = kept with
        {
            StopLoss = section.Fraction("stop_loss", kept.StopLoss, 0.99m),
            TakeProfit = section.Fraction("take_profit", kept.TakeProfit, 100),
            TrailingStop = section.Fraction("trailing_stop", kept.TrailingStop, 0.99m),
            TimeStop = section.Length("time_stop", "a length of time such as 30m, 24h")?.Interval ?? kept.TimeStop,
        };
        string text = section.Optional("size") ?? SizingText.Of(fallback.Sizing);
        if (!SizingText.TryParse(text, out PositionSizing size))
        {
            section.Fault("size", text, SizingText.Allowed);
        }
        else if (size.Method == SizingMethod.RiskOfEquity && protection.StopLoss is null && protection.TrailingStop is null)
        {
            section.Fault("size", text, "risk sizing needs a stop_loss or a trailing_stop: the risk is the loss at the stop");
        }

        return new BotEdit(size, protection);
    }

    /// <summary>Writes them as they are read.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(BotEdit edit)
    {
        List<KeyValuePair<string, string>> written =
        [
            new("size", SizingText.Of(edit.Sizing)),
            new("stop_loss", OrNone(edit.Protection.StopLoss)),
            new("take_profit", OrNone(edit.Protection.TakeProfit)),
            new("trailing_stop", OrNone(edit.Protection.TrailingStop)),
        ];
        if (edit.Protection.TimeStop is { } longest)
        {
            written.Add(new("time_stop", string.Create(CultureInfo.InvariantCulture, $"{(long)longest.TotalSeconds}s")));
        }

        return written;
    }

    private static string OrNone(decimal? value) => value is { } given ? given.ToString(CultureInfo.InvariantCulture) : "none";
}
