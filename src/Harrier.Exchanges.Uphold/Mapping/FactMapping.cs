using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Uphold.Wire;

namespace Harrier.Exchanges.Uphold.Mapping;

/// <summary>The venue's messages in our words. What cannot be true is refused like what cannot be read.</summary>
internal static class FactMapping
{
    private const long LongestLifeMs = 24 * 3600 * 1000;

    public static UpholdTicker Of(TickerMessage message, string pair) => message.Bid > 0 && message.Ask >= message.Bid
        ? new UpholdTicker(message.Pair ?? pair, new Asset(message.Currency), message.Bid, message.Ask)
        : throw new JsonException("a ticker needs prices above 0 and an ask of at least its bid");

    public static UpholdAsset Of(AssetMessage message) => new(
        new Asset(message.Code), message.Name ?? message.Code, message.Formatting?.Precision ?? 0, message.Status, message.Type);

    public static UpholdCard Of(CardMessage message)
    {
        Asset asset = new(message.Currency);
        NormalizedBalanceMessage? normalized = message.Normalized.FirstOrDefault();
        return new UpholdCard(NotEmpty(message.Id), message.Label ?? "", new Money(message.Balance, asset), message.Available)
        {
            Normalized = normalized is null ? null : new Money(normalized.Balance, new Asset(normalized.Currency)),
        };
    }

    public static UpholdUser Of(UserMessage message) => new(
        message.Status,
        message.Settings?.Currency is { Length: > 0 } code ? new Asset(code) : null,
        message.Settings?.Otp?.Transactions?.Transfer?.Enabled ?? false);

    public static UpholdTransaction Of(TransactionMessage message) => new()
    {
        Id = VenueTradeId.TryParse(message.Id, out VenueTradeId id) ? id : throw new JsonException("a transaction's id is a UUID"),
        Status = StatusOf(message.Status),
        RawStatus = message.Status,
        Origin = Of(message.Origin),
        Destination = Of(message.Destination),
        Fees = [.. message.Fees.Where(f => f.Amount != 0).Select(f => new Money(f.Amount, new Asset(f.Currency)))],
        TimeToLive = message.Params?.Ttl is long ms and > 0 and <= LongestLifeMs ? TimeSpan.FromMilliseconds(ms) : null,
        CreatedAt = TimeOf(message.CreatedAt),
        Reference = message.Reference,
        Requirements = message.Requirements ?? [],
    };

    private static UpholdLeg Of(EndpointMessage leg) => new(
        leg.CardId, new Money(leg.Amount, new Asset(leg.Currency)), leg.Base ?? leg.Amount, leg.Commission, leg.Fee, leg.Rate ?? 0);

    private static UpholdStatus StatusOf(string word) => word switch
    {
        "pending" => UpholdStatus.Pending,
        "processing" => UpholdStatus.Processing,
        "completed" => UpholdStatus.Completed,
        "failed" => UpholdStatus.Failed,
        "cancelled" or "canceled" => UpholdStatus.Canceled,
        _ => UpholdStatus.Unknown,
    };

    private static Timestamp? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? Timestamp.From(time) : null;

    private static string NotEmpty(string text) => text.Length > 0 ? text : throw new JsonException("an id is missing");
}
