using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>A row of klines: an array of exactly twelve values, of which the last means nothing.</summary>
[JsonConverter(typeof(KlineConverter))]
internal sealed record KlineMessage(long OpenTime, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume)
{
    public required long CloseTime { get; init; }

    public required decimal QuoteVolume { get; init; }

    public required long TradeCount { get; init; }

    public required decimal TakerBuyVolume { get; init; }

    public required decimal TakerBuyQuoteVolume { get; init; }
}

/// <summary>Reads a row of klines digit by digit; a row of another width is refused.</summary>
internal sealed class KlineConverter : JsonConverter<KlineMessage>
{
    public override KlineMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a row of twelve values was expected");
        }

        KlineMessage row = new(Whole(ref reader), Number(ref reader), Number(ref reader), Number(ref reader), Number(ref reader), Number(ref reader))
        {
            CloseTime = Whole(ref reader),
            QuoteVolume = Number(ref reader),
            TradeCount = Whole(ref reader),
            TakerBuyVolume = Number(ref reader),
            TakerBuyQuoteVolume = Number(ref reader),
        };
        reader.Read();
        reader.Skip();
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray ? row : throw new JsonException("a row of twelve values was expected");
    }

    public override void Write(Utf8JsonWriter writer, KlineMessage value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static long Whole(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : throw new JsonException("a whole number was expected");

    private static decimal Number(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && Utf8Parser.TryParse(reader.ValueSpan, out decimal value, out int used) && used == reader.ValueSpan.Length
            ? value
            : throw new JsonException("a decimal in a string was expected");
}

/// <summary>An aggregate of trades of one taker at one price. USD-M has no <c>M</c> and may tell <c>nq</c>.</summary>
[Ignores("M", "nq")]
internal sealed record AggregateTradeMessage : WireMessage
{
    [JsonPropertyName("a")]
    public long Id { get; set; }

    [JsonPropertyName("p")]
    public decimal Price { get; set; }

    [JsonPropertyName("q")]
    public decimal Quantity { get; set; }

    [JsonPropertyName("f")]
    public long FirstId { get; set; }

    [JsonPropertyName("l")]
    public long LastId { get; set; }

    [JsonPropertyName("T")]
    public long Time { get; set; }

    [JsonPropertyName("m")]
    public bool IsBuyerMaker { get; set; }
}

/// <summary>A book; <c>E</c> and <c>T</c> are told by USD-M alone.</summary>
[Ignores("E")]
internal sealed record BookMessage : WireMessage
{
    public long LastUpdateId { get; set; }

    [JsonPropertyName("T")]
    public long? Time { get; set; }

    public List<decimal[]> Bids { get; set; } = [];

    public List<decimal[]> Asks { get; set; } = [];
}
