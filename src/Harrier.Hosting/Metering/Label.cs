namespace Harrier.Hosting.Metering;

/// <summary>Names of labels, and how bots are named in them.</summary>
internal static class Label
{
    public const string Bot = "bot_id";
    public const string Strategy = "strategy";
    public const string Symbol = "symbol";
    public const string Side = "side";
    public const string Account = "account";
    public const string Exchange = "exchange";

    // Names of bots are unique in their account only.
    public static string BotOf(string account, string bot) => $"{account}/{bot}";

    public static KeyValuePair<string, object?> Of(string name, object? value) => new(name, value);
}
