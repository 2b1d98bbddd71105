using System.Text.Json;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Up to five orders in one request; each has its own outcome.</summary>
/// <param name="orders">Handles each.</param>
internal sealed class LinearBatchApi(LinearOrderApi orders)
{
    private const string Batch = "/fapi/v1/batchOrders";
    private const int MaxOrders = 5;
    private const int MaxCancels = 10;

    private static readonly ApiFault _tooMany = ApiFault.Bad(-4082, "Invalid number of batch place orders.");

    /// <summary>What can be asked.</summary>
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("POST", Batch, ApiSecurity.Trade, 5, Place) { Orders = MaxOrders },
        new("PUT", Batch, ApiSecurity.Trade, 5, Amend) { Orders = MaxOrders },
        new("DELETE", Batch, ApiSecurity.Trade, 1, Cancel),
    ];

    private ApiFault? Place(ApiCall call) => ForEach(call, (request, json) =>
    {
        NewOrder order = LinearOrderReader.Plain(request, call.Now);
        return request.Fault ?? orders.Place(call.Owner, order, request, json);
    });

    private ApiFault? Amend(ApiCall call) => ForEach(call, (request, json) => orders.Amend(call.Owner, request, json));

    private ApiFault? Cancel(ApiCall call)
    {
        string symbol = call.Parameters.Required("symbol");
        List<OrderKey> keys = [];
        foreach (JsonElement id in List(call.Parameters, "orderIdList", JsonValueKind.Number) ?? List(call.Parameters, "orderidlist", JsonValueKind.Number) ?? [])
        {
            keys.Add(new OrderKey(symbol, id.TryGetInt64(out long number) ? number : 0, null));
        }

        foreach (JsonElement id in List(call.Parameters, "origClientOrderIdList", JsonValueKind.String) ?? List(call.Parameters, "origclientorderidlist", JsonValueKind.String) ?? [])
        {
            keys.Add(new OrderKey(symbol, null, id.GetString()));
        }

        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (keys.Count is 0 or > MaxCancels)
        {
            return _tooMany;
        }

        call.Json.WriteStartArray();
        foreach (OrderKey key in keys)
        {
            if (orders.Cancel(call.Owner, key, call.Json) is { } refusal)
            {
                FaultText.Write(call.Json, refusal);
            }
        }

        call.Json.WriteEndArray();
        return null;
    }

    private static ApiFault? ForEach(ApiCall call, Func<ApiParameters, Utf8JsonWriter, ApiFault?> handle)
    {
        List<JsonElement>? list = List(call.Parameters, "batchOrders", JsonValueKind.Object);
        if (call.Parameters.Fault is { } fault)
        {
            return fault;
        }

        if (list is null || list.Count is 0 or > MaxOrders)
        {
            return _tooMany;
        }

        call.Json.WriteStartArray();
        foreach (JsonElement item in list)
        {
            ApiParameters request = new();
            foreach (JsonProperty property in item.EnumerateObject())
            {
                request.Add(property.Name, property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() ?? "" : property.Value.GetRawText());
            }

            if (handle(request, call.Json) is { } refusal)
            {
                FaultText.Write(call.Json, refusal);
            }
        }

        call.Json.WriteEndArray();
        return null;
    }

    // Every item is looked at before the first takes effect: a list with one malformed item does nothing.
    private static List<JsonElement>? List(ApiParameters parameters, string name, JsonValueKind kind)
    {
        if (!parameters.Has(name))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(parameters.Required(name));
            if (document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.EnumerateArray().All(e => e.ValueKind == kind))
            {
                return [.. document.RootElement.EnumerateArray().Select(e => e.Clone())];
            }
        }
        catch (JsonException)
        {
            // Told below.
        }

        parameters.Fail(ApiFault.BadValue(name));
        return null;
    }
}
