using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harrier.Exchanges.Uphold.Wire;

/// <summary>Readers of all messages, made at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    Converters = [typeof(ExactDecimalConverter), typeof(OptionalExactDecimalConverter)])]
[JsonSerializable(typeof(List<JsonElement>))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(TokenMessage))]
[JsonSerializable(typeof(TickerMessage))]
[JsonSerializable(typeof(List<TickerMessage>))]
[JsonSerializable(typeof(List<AssetMessage>))]
[JsonSerializable(typeof(CardMessage))]
[JsonSerializable(typeof(List<CardMessage>))]
[JsonSerializable(typeof(UserMessage))]
[JsonSerializable(typeof(TransactionMessage))]
[JsonSerializable(typeof(List<TransactionMessage>))]
internal sealed partial class UpholdJson : JsonSerializerContext;
