using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Harrier.Cli.Soaking;

/// <summary>An order as the exchange has it.</summary>
internal sealed record TrueOrder(string ClientId, bool IsOpen, bool IsConditional, decimal Left);

/// <summary>An execution as the exchange has it.</summary>
internal readonly record struct TrueFill(string Symbol, string Side, decimal Price, decimal Quantity, decimal Fee);

/// <summary>What the exchange knows of an account, whatever a client believes.</summary>
/// <param name="Orders">All orders ever taken.</param>
/// <param name="Fills">All executions.</param>
/// <param name="Balances">Free and locked together, by asset.</param>
/// <param name="Positions">Quantity and what it cost, by symbol; none for those that are flat.</param>
internal sealed record ExchangeTruth(
    IReadOnlyList<TrueOrder> Orders, IReadOnlyList<TrueFill> Fills, IReadOnlyDictionary<string, decimal> Balances, IReadOnlyDictionary<string, (decimal Quantity, decimal Cost)> Positions)
{
    /// <summary>Reads the truth about a venue's account.</summary>
    public static ExchangeTruth Of(JsonElement market) => new(
        [.. market.GetProperty("orders").EnumerateArray().Select(static one => new TrueOrder(one.GetProperty("clientId").GetString()!, one.GetProperty("isOpen").GetBoolean(), one.GetProperty("isConditional").GetBoolean(), Number(one, "quantity") - Number(one, "executed")))],
        [.. market.GetProperty("fills").EnumerateArray().Select(static one => new TrueFill(one.GetProperty("symbol").GetString()!, one.GetProperty("side").GetString()!, Number(one, "price"), Number(one, "quantity"), Number(one, "fee")))],
        market.GetProperty("balances").EnumerateArray().ToDictionary(static one => one.GetProperty("asset").GetString()!, static one => Number(one, "free") + Number(one, "locked"), StringComparer.Ordinal),
        market.GetProperty("positions").EnumerateArray().ToDictionary(static one => one.GetProperty("symbol").GetString()!, static one => (Number(one, "quantity"), Number(one, "quantity") * Number(one, "entryPrice")), StringComparer.Ordinal));

    private static decimal Number(JsonElement from, string name) => from.GetProperty(name) is { ValueKind: JsonValueKind.String } text
        ? decimal.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture)
        : from.GetProperty(name).GetDecimal();
}

/// <summary>The operator's port of the built-in exchange.</summary>
/// <param name="http">Makes requests.</param>
/// <param name="admin">The port.</param>
/// <param name="venue">The market that is asked about.</param>
internal sealed class ExchangeOperator(HttpClient http, Uri admin, string venue)
{
    /// <summary>Stops the market, or lets it go on.</summary>
    public async Task PauseAsync(bool isPaused, CancellationToken stop)
    {
        using StringContent body = new($$"""{"action":"{{(isPaused ? "pause" : "resume")}}"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage done = await http.PostAsync(new Uri(admin, "/market"), body, stop).ConfigureAwait(false);
        done.EnsureSuccessStatusCode();
    }

    /// <summary>What is true of the account whose key the exchange told.</summary>
    public async Task<ExchangeTruth> TruthAsync(CancellationToken stop)
    {
        using JsonDocument answer = JsonDocument.Parse(await http.GetStringAsync(new Uri(admin, "/truth/default"), stop).ConfigureAwait(false));
        return ExchangeTruth.Of(answer.RootElement.GetProperty("venues").GetProperty(venue));
    }
}
