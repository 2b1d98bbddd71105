using System.Text.Json;
using Harrier.Testnet.Bybit.Requests;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Bybit.Trading;

/// <summary>Several orders in one request: the answer has the ids in one list, and code and message of each in the further facts.</summary>
/// <param name="orders">Does each.</param>
internal sealed class BybitBatchApi(BybitOrderApi orders)
{
    private const int MostSpot = 10;
    private const int MostLinear = 20;

    /// <summary>What can be asked.</summary>
    public IReadOnlyList<BybitEndpoint> Endpoints =>
    [
        new("POST", "/v5/order/create-batch", BybitSecurity.Trade, call => Run(call, orders.Create)) { PerSecond = (20, 10), SocketOperation = "order.create-batch" },
        new("POST", "/v5/order/amend-batch", BybitSecurity.Trade, call => Run(call, orders.Amend)) { PerSecond = (20, 10), SocketOperation = "order.amend-batch" },
        new("POST", "/v5/order/cancel-batch", BybitSecurity.Trade, call => Run(call, orders.Cancel)) { PerSecond = (20, 10), SocketOperation = "order.cancel-batch" },
    ];

    private static BybitFault? Run(BybitCall call, BybitHandler each)
    {
        if (call.Market is not { } market)
        {
            return BybitFault.BadCategory;
        }

        IReadOnlyList<JsonElement> requests = call.Parameters.Objects("request");
        int most = market.IsSpot ? MostSpot : MostLinear;
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (requests.Count == 0 || requests.Count > most)
        {
            return BybitFault.Parameter($"the number of orders must be from 1 to {most}");
        }

        using JsonScratch scratch = new();
        Utf8JsonWriter outcomes = scratch.Start();
        outcomes.WriteStartObject();
        outcomes.WriteStartArray("list"u8);
        call.Json.WriteStartArray("list"u8);
        foreach (JsonElement request in requests)
        {
            using BybitCall one = new(BybitParameters.Of(request)) { Now = call.Now, Market = market, AccountName = call.AccountName, Key = call.Key };
            BybitFault? refused = each(one);
            Write(call.Json, one, refused);
            outcomes.WriteStartObject();
            outcomes.WriteNumber("code"u8, refused?.Code ?? 0);
            outcomes.WriteString("msg"u8, refused?.Message ?? "OK");
            outcomes.WriteEndObject();
        }

        call.Json.WriteEndArray();
        outcomes.WriteEndArray();
        outcomes.WriteEndObject();
        call.Extra = scratch.Text.ToArray();
        return null;
    }

    private static void Write(Utf8JsonWriter json, BybitCall one, BybitFault? refused)
    {
        (string id, string linkId) = ("", one.Parameters.Text("orderLinkId") ?? "");
        if (refused is null)
        {
            using JsonDocument done = JsonDocument.Parse(one.Finish().ToArray());
            id = done.RootElement.GetProperty("orderId").GetString() ?? "";
            linkId = done.RootElement.GetProperty("orderLinkId").GetString() ?? "";
        }

        json.WriteStartObject();
        json.WriteString("category"u8, one.Named.Category);
        json.WriteString("symbol"u8, one.Parameters.Text("symbol") ?? "");
        json.WriteString("orderId"u8, id);
        json.WriteString("orderLinkId"u8, linkId);
        json.WriteString("createAt"u8, refused is null ? BybitOrderText.Time(one.Now) : "");
        json.WriteEndObject();
    }
}
