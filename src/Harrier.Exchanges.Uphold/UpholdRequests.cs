using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Uphold;

/// <summary>The calls of the venue. No call ever has <c>commit=true</c>, which would convert at whatever price there is.</summary>
internal static class UpholdRequests
{
    private const int LongestReference = 100;

    public static UpholdCall Ticker(Asset from, Asset to) => Market($"/v0/ticker/{Part(from.Code)}-{Part(to.Code)}");

    public static UpholdCall Tickers(Asset currency) => Market($"/v0/ticker/{Part(currency.Code)}");

    public static UpholdCall Assets(ItemRange range) => Market("/v0/assets") with { Range = range };

    public static UpholdCall User() => new("GET", "/v0/me");

    public static UpholdCall Cards(ItemRange range) => new("GET", "/v0/me/cards") { Range = range };

    public static UpholdCall Card(string id) => new("GET", $"/v0/me/cards/{Part(id)}");

    public static UpholdCall CreateCard(string label, Asset currency) => new("POST", "/v0/me/cards")
    {
        IsWrite = true,
        Body = Json(json =>
        {
            json.WriteString("label"u8, label);
            json.WriteString("currency"u8, currency.Code);
        }),
    };

    public static UpholdCall Quote(QuoteTerms terms) => new("POST", $"/v0/me/cards/{Part(terms.OriginCard)}/transactions")
    {
        IsWrite = true,
        Body = Json(json =>
        {
            json.WriteStartObject("denomination"u8);
            json.WriteString("amount"u8, terms.Amount.Amount.ToString(CultureInfo.InvariantCulture));
            json.WriteString("currency"u8, terms.Amount.Asset.Code);
            json.WriteEndObject();
            json.WriteString("destination"u8, terms.DestinationCard);
            json.WriteString("reference"u8, terms.Reference.Length <= LongestReference
                ? terms.Reference
                : throw new ArgumentException($"a reference has at most {LongestReference} characters, got {terms.Reference.Length}", nameof(terms)));
        }),
    };

    public static UpholdCall Commit(string card, string transaction) => new("POST", $"/v0/me/cards/{Part(card)}/transactions/{Part(transaction)}/commit")
    {
        IsWrite = true,
        Priority = RequestPriority.Critical,
    };

    public static UpholdCall Cancel(string card, string transaction) => new("POST", $"/v0/me/cards/{Part(card)}/transactions/{Part(transaction)}/cancel")
    {
        IsWrite = true,
        Priority = RequestPriority.Critical,
    };

    public static UpholdCall Transaction(string id) => new("GET", $"/v0/me/transactions/{Part(id)}");

    public static UpholdCall Transactions(ItemRange range) => new("GET", "/v0/me/transactions") { Range = range };

    public static UpholdCall CardTransactions(string card, ItemRange range) => new("GET", $"/v0/me/cards/{Part(card)}/transactions") { Range = range };

    private static UpholdCall Market(string path) => new("GET", path) { IsPublic = true, Priority = RequestPriority.Medium };

    // Ids come from the venue and codes from people: neither may reach another path.
    private static string Part(string text) => text.Length > 0 && text.Trim('.').Length > 0
        ? Uri.EscapeDataString(text)
        : throw new ArgumentException($"an id or code is not empty and not only points, got '{text}'", nameof(text));

    private static string Json(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

/// <summary>What a quote is asked for.</summary>
/// <param name="OriginCard">The card that pays.</param>
/// <param name="DestinationCard">The card that receives.</param>
/// <param name="Amount">How much, in the asset of either card.</param>
/// <param name="Reference">Our name of it, at most 100 characters.</param>
public sealed record QuoteTerms(string OriginCard, string DestinationCard, Money Amount, string Reference);
