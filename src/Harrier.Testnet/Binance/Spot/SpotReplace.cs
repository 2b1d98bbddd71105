using System.Text.Json;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Spot;

/// <summary><c>POST order/cancelReplace</c>: a cancel, then a new order, whose two outcomes make four answers.</summary>
/// <param name="market">The market.</param>
/// <param name="trading">Keys and restrictions of cancels.</param>
internal sealed class SpotReplace(SpotMarket market, SpotTrading trading)
{
    private readonly SpotOrderReader _reader = new(market);

    /// <summary>Answers it.</summary>
    public ApiFault? Replace(ApiCall call)
    {
        OrderKey? key = trading.Key(call, "cancelOrderId", "cancelOrigClientOrderId");
        string behavior = call.Parameters.Required("cancelReplaceMode");
        if (behavior is not ("STOP_ON_FAILURE" or "ALLOW_FAILURE"))
        {
            call.Parameters.Fail(ApiFault.BadValue("cancelReplaceMode"));
        }

        string cancelId = call.Parameters.ClientId("cancelNewClientOrderId") ?? "";
        string? restriction = SpotTrading.Restriction(call.Parameters);
        _ = call.Parameters.Text("orderRateLimitExceededMode");
        NewOrder order = _reader.Read(call, out SpotAnswer answer);
        if (call.Parameters.Finish() is { } fault || key is not { } known)
        {
            return call.Parameters.Fault;
        }

        ApiFault? cancelFault = trading.Restricted(call.Owner, known, restriction);
        ExchangeOrder? canceled = null;
        if (cancelFault is null)
        {
            Cancellation cancellation = market.Core.Cancel(call.Owner, known, cancelId);
            canceled = cancellation.Order;
            cancelFault = canceled is null ? SpotRefusals.OfCancel(cancellation.Refusal ?? default) : null;
        }

        Replacement replacement = new(canceled, cancelFault, answer);
        if (cancelFault is not null && behavior == "STOP_ON_FAILURE")
        {
            return Failed(call, replacement, isPartial: false);
        }

        Placement placement = market.Core.Place(call.Owner, order);
        replacement = replacement with
        {
            Placed = placement.Order,
            PlaceFault = placement.Refusal is { } refusal ? SpotRefusals.OfNew(refusal) : null,
            IsAttempted = true,
        };
        if (cancelFault is null && replacement.PlaceFault is null)
        {
            Write(call, replacement);
            return null;
        }

        return Failed(call, replacement, isPartial: cancelFault is null || replacement.PlaceFault is null);
    }

    private static ApiFault Failed(ApiCall call, in Replacement replacement, bool isPartial)
    {
        call.ClearAnswer();
        Write(call, replacement);
        call.Json.Flush();
        byte[] data = call.Body.ToArray();
        call.ClearAnswer();
        return isPartial
            ? new ApiFault(409, -2021, "Order cancel-replace partially failed.") { Data = data }
            : new ApiFault(400, -2022, "Order cancel-replace failed.") { Data = data };
    }

    private static void Write(ApiCall call, in Replacement replacement)
    {
        Utf8JsonWriter json = call.Json;
        json.WriteStartObject();
        json.WriteString("cancelResult"u8, replacement.CancelFault is null ? "SUCCESS"u8 : "FAILURE"u8);
        json.WriteString("newOrderResult"u8, !replacement.IsAttempted ? "NOT_ATTEMPTED"u8 : replacement.PlaceFault is null ? "SUCCESS"u8 : "FAILURE"u8);
        json.WritePropertyName("cancelResponse"u8);
        if (replacement.CancelFault is { } cancelFault)
        {
            FaultText.Write(json, cancelFault);
        }
        else if (replacement.Canceled is { } canceled)
        {
            SpotOrderText.WriteCanceled(call, canceled);
        }

        json.WritePropertyName("newOrderResponse"u8);
        if (replacement.PlaceFault is { } placeFault)
        {
            FaultText.Write(json, placeFault);
        }
        else if (replacement.Placed is { } placed)
        {
            SpotTrading.Write(call, placed, replacement.Answer);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private readonly record struct Replacement(ExchangeOrder? Canceled, ApiFault? CancelFault, SpotAnswer Answer)
    {
        public ExchangeOrder? Placed { get; init; }

        public ApiFault? PlaceFault { get; init; }

        public bool IsAttempted { get; init; }
    }
}
