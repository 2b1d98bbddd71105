using System.Text.Json.Serialization;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Wire;

/// <summary>Readers of all account and trading messages, made at compile time. Names are case sensitive: <c>c</c> and <c>C</c> differ.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    Converters = [typeof(DecimalConverter), typeof(OptionalDecimalConverter)])]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(DoneMessage))]
[JsonSerializable(typeof(ExchangeInfoMessage))]
[JsonSerializable(typeof(SpotOrderMessage))]
[JsonSerializable(typeof(List<SpotOrderMessage>))]
[JsonSerializable(typeof(CancelReplaceMessage))]
[JsonSerializable(typeof(AmendmentMessage))]
[JsonSerializable(typeof(SpotAccountMessage))]
[JsonSerializable(typeof(SpotCommissionMessage))]
[JsonSerializable(typeof(List<SpotOwnTradeMessage>))]
[JsonSerializable(typeof(ApiRestrictionsMessage))]
[JsonSerializable(typeof(ServerTimeMessage))]
[JsonSerializable(typeof(LinearOrderMessage))]
[JsonSerializable(typeof(List<LinearOrderMessage>))]
[JsonSerializable(typeof(AlgoOrderMessage))]
[JsonSerializable(typeof(List<AlgoOrderMessage>))]
[JsonSerializable(typeof(AlgoCanceledMessage))]
[JsonSerializable(typeof(LinearAccountMessage))]
[JsonSerializable(typeof(AccountConfigMessage))]
[JsonSerializable(typeof(List<PositionMessage>))]
[JsonSerializable(typeof(List<SymbolConfigMessage>))]
[JsonSerializable(typeof(LeverageMessage))]
[JsonSerializable(typeof(LinearCommissionMessage))]
[JsonSerializable(typeof(List<LinearOwnTradeMessage>))]
[JsonSerializable(typeof(PremiumIndexMessage))]
[JsonSerializable(typeof(List<FundingRateMessage>))]
[JsonSerializable(typeof(List<IncomeMessage>))]
[JsonSerializable(typeof(List<FundingInfoMessage>))]
[JsonSerializable(typeof(ListenKeyMessage))]
[JsonSerializable(typeof(CountdownMessage))]
[JsonSerializable(typeof(ExecutionReportMessage))]
[JsonSerializable(typeof(AccountPositionMessage))]
[JsonSerializable(typeof(BalanceDeltaMessage))]
[JsonSerializable(typeof(ListStatusMessage))]
[JsonSerializable(typeof(OrderTradeUpdateMessage))]
[JsonSerializable(typeof(AlgoUpdateMessage))]
[JsonSerializable(typeof(AccountUpdateMessage))]
[JsonSerializable(typeof(TradeLiteMessage))]
[JsonSerializable(typeof(MarginCallMessage))]
[JsonSerializable(typeof(AccountConfigUpdateMessage))]
[JsonSerializable(typeof(TriggerRejectMessage))]
[JsonSerializable(typeof(List<KlineMessage>))]
[JsonSerializable(typeof(List<AggregateTradeMessage>))]
[JsonSerializable(typeof(BookMessage))]
internal sealed partial class BinanceJson : JsonSerializerContext;
