using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Hosting.Configuration;

namespace Harrier.Cli.Soaking;

/// <summary>The configuration of a soak: several bots that trade at nearly every bar, with stops and targets so near that some are met while nobody runs.</summary>
internal static class SoakConfiguration
{
    public const string Account = "soak";

    public static readonly IReadOnlyList<string> Symbols = ["BTCUSDT", "ETHUSDT", "SOLUSDT"];

    private const decimal BalanceOfABot = 10_000;
    private const int Bots = 6;

    /// <summary>Writes key file and configuration into a home.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="house">What the exchange said of the venue: its address, key and secret.</param>
    /// <returns>The configuration's file.</returns>
    public static string Write(SoakRequest request, JsonElement house)
    {
        string key = Path.Combine(request.Home, "key.json");
        string file = Path.Combine(request.Home, "soak.json");
        WritePrivate(key, new JsonObject { ["venue"] = request.Venue.Split('-')[0], ["key"] = house.GetProperty("key").GetString(), ["secret"] = house.GetProperty("secret").GetString() });
        JsonObject configuration = new()
        {
            ["accounts"] = new JsonArray(new JsonObject
            {
                ["name"] = Account,
                ["venue"] = request.Venue,
                ["mode"] = AccountKind.Demo.Name,
                ["endpoint"] = house.GetProperty("rest").GetString(),
                ["key_file"] = key,
                ["durability"] = "process",
                ["risk"] = new JsonObject
                {
                    ["max_losses_in_a_row"] = "none",
                    ["max_trades_per_hour"] = "10000",
                    ["max_orders_per_minute"] = "10000",
                    ["max_daily_loss"] = "none",
                    ["max_drawdown"] = "none",
                },
                ["bots"] = new JsonArray([.. Enumerable.Range(0, Bots).Select(Bot)]),
            }),
        };
        if (request.Records is { } records)
        {
            configuration["records"] = records;
        }

        WritePrivate(file, configuration);
        return file;
    }

    private static JsonObject Bot(int number) => new()
    {
        ["name"] = FormattableString.Invariant($"bot-{number}"),
        ["strategy"] = "EMA_CROSS",
        ["parameters"] = new JsonObject { ["fast"] = "1", ["slow"] = (2 + (number / Symbols.Count)).ToString(System.Globalization.CultureInfo.InvariantCulture) },
        ["symbol"] = Symbols[number % Symbols.Count],
        ["interval"] = "1s",
        ["balance"] = BalanceOfABot.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["size"] = "fraction:0.1",
        ["stop_loss"] = "0.0005",
        ["take_profit"] = "0.0005",
    };

    private static void WritePrivate(string path, JsonObject content)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(path, options);
        JsonSerializer.Serialize(file, content);
    }
}
