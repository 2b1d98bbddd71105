using System.Text.Json.Serialization;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Wire;

/// <summary>Readers of all messages, made at compile time. Names are case sensitive: <c>s</c> and <c>S</c> differ.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    Converters = [typeof(DecimalConverter), typeof(OptionalDecimalConverter)])]
[JsonSerializable(typeof(AnswerMessage<DoneMessage>))]
[JsonSerializable(typeof(AnswerMessage<ServerTimeMessage>))]
[JsonSerializable(typeof(AnswerMessage<ReceiptMessage>))]
[JsonSerializable(typeof(AnswerMessage<ListMessage<ReceiptMessage>>), TypeInfoPropertyName = "Receipts")]
[JsonSerializable(typeof(BatchCodesMessage))]
[JsonSerializable(typeof(AnswerMessage<ListMessage<InstrumentMessage>>), TypeInfoPropertyName = "Instruments")]
[JsonSerializable(typeof(AnswerMessage<ListMessage<OrderMessage>>), TypeInfoPropertyName = "Orders")]
[JsonSerializable(typeof(AnswerMessage<ListMessage<ExecutionMessage>>), TypeInfoPropertyName = "Executions")]
[JsonSerializable(typeof(AnswerMessage<ListMessage<PositionMessage>>), TypeInfoPropertyName = "Positions")]
[JsonSerializable(typeof(AnswerMessage<ListMessage<WalletMessage>>), TypeInfoPropertyName = "Wallets")]
[JsonSerializable(typeof(AnswerMessage<ListMessage<FeeRateMessage>>), TypeInfoPropertyName = "FeeRates")]
[JsonSerializable(typeof(AnswerMessage<KeyMessage>), TypeInfoPropertyName = "Key")]
[JsonSerializable(typeof(AnswerMessage<ListMessage<ContractTickerMessage>>), TypeInfoPropertyName = "ContractTickers")]
[JsonSerializable(typeof(AnswerMessage<ListMessage<FundingRateMessage>>), TypeInfoPropertyName = "FundingRates")]
[JsonSerializable(typeof(AnswerMessage<KlinesMessage>), TypeInfoPropertyName = "Klines")]
[JsonSerializable(typeof(AnswerMessage<OrderBookMessage>), TypeInfoPropertyName = "OrderBook")]
[JsonSerializable(typeof(PrivateFrame<OrderMessage>), TypeInfoPropertyName = "OrderFrame")]
[JsonSerializable(typeof(PrivateFrame<ExecutionMessage>), TypeInfoPropertyName = "ExecutionFrame")]
[JsonSerializable(typeof(PrivateFrame<PositionMessage>), TypeInfoPropertyName = "PositionFrame")]
[JsonSerializable(typeof(PrivateFrame<WalletMessage>), TypeInfoPropertyName = "WalletFrame")]
[JsonSerializable(typeof(SocketAnswerMessage))]
[JsonSerializable(typeof(BookFrame))]
[JsonSerializable(typeof(TradesFrame))]
[JsonSerializable(typeof(KlineFrame))]
[JsonSerializable(typeof(TickerFrame))]
internal sealed partial class BybitJson : JsonSerializerContext;
