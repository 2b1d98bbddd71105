using System.Globalization;
using System.Text.Json;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Uphold;

/// <summary>What each path does. All calls inside the gate of the core; the answers are written there too.</summary>
internal sealed class BrokerApi(BrokerPrices prices, BrokerCards cards, BrokerDesk desk, UpholdRules rules)
{
    private const int PageSize = 50;
    private const int LongestReference = 100;
    private const int LongestLabel = 140;
    private const decimal Largest = 1_000_000_000_000_000;

    /// <summary>Answers a request.</summary>
    public BrokerAnswer Run(BrokerCall call) => (call.Method, call.Path) switch
    {
        ("GET", ["ticker"]) => Tickers("USD"),
        ("GET", ["ticker", var name]) => name.Contains('-', StringComparison.Ordinal) ? Ticker(name) : Tickers(name),
        ("GET", ["assets"]) => List(call, prices.Assets, (json, asset) => BrokerText.Asset(json, asset, prices.Of(asset, BrokerAsset.Of("USD")) is not null)),
        (_, ["me", ..]) when call.Account is { } account => Own(call, account),
        (_, ["me", ..]) => BrokerRefusal.Unauthorized,
        _ => BrokerRefusal.NotFound,
    };

    private BrokerAnswer Own(BrokerCall call, ExchangeAccount account) => (call.Method, call.Path[1..]) switch
    {
        ("GET", []) => BrokerAnswer.Ok(json => BrokerText.User(json, account.Name, cards.Of(account).Select(c => c.Asset.Code).Distinct(StringComparer.Ordinal))),
        ("GET", ["cards"]) => List(call, CardsOf(call, account), WriteCard),
        ("POST", ["cards"]) => MakeCard(call, account),
        ("GET", ["transactions"]) => Transactions(call, desk.Committed(account)),
        ("GET", ["transactions", var id]) => Of(desk.Find(account, id)),
        (_, ["cards", var card, .. var rest]) when cards.Find(account, card) is { } found => OfCard(call, found, rest),
        _ => BrokerRefusal.NotFound,
    };

    private BrokerAnswer OfCard(BrokerCall call, BrokerCard card, string[] rest) => (call.Method, rest) switch
    {
        ("GET", []) => BrokerAnswer.Ok(json => WriteCard(json, card)),
        ("GET", ["transactions"]) => Transactions(call, desk.Committed(card.Owner).Where(t => t.Origin.Card == card || t.Destination.Card == card)),
        ("POST", ["transactions"]) when !card.Owner.Permissions.CanTrade => BrokerRefusal.Forbidden,
        ("POST", ["transactions"]) => Quote(call, card),
        ("POST", ["transactions", var id, "commit"]) => Commit(call, card, id),
        ("POST", ["transactions", var id, "cancel"]) => Find(card, id) is { } quote ? Of(desk.Cancel(quote)) : BrokerRefusal.NotFound,
        _ => BrokerRefusal.NotFound,
    };

    private BrokerAnswer Tickers(string code)
    {
        if (prices.Find(code) is not { } unit)
        {
            return BrokerRefusal.NotFound;
        }

        List<(BrokerAsset Base, BrokerAsset Quote, BrokerPrice Price)> pairs = [];
        foreach (BrokerAsset other in prices.Assets.Where(a => a != unit))
        {
            Add(other, unit);
            Add(unit, other);
        }

        return BrokerAnswer.Ok(json =>
        {
            json.WriteStartArray();
            foreach ((BrokerAsset priced, BrokerAsset quote, BrokerPrice price) in pairs.OrderBy(p => p.Base.Code + p.Quote.Code, StringComparer.Ordinal))
            {
                BrokerText.Ticker(json, (priced, quote), price, isNamed: true);
            }

            json.WriteEndArray();
        });

        void Add(BrokerAsset priced, BrokerAsset quote)
        {
            if (prices.Of(priced, quote) is { } price)
            {
                pairs.Add((priced, quote, price));
            }
        }
    }

    private BrokerAnswer Ticker(string name)
    {
        string[] codes = name.Split('-');
        return codes.Length == 2 && prices.Find(codes[0]) is { } priced && prices.Find(codes[1]) is { } quote && prices.Of(priced, quote) is { } price
            ? BrokerAnswer.Ok(json => BrokerText.Ticker(json, (priced, quote), price, isNamed: false))
            : BrokerRefusal.NotFound;
    }

    // ?q=currency:BTC,EUR
    private IEnumerable<BrokerCard> CardsOf(BrokerCall call, ExchangeAccount account)
    {
        const string Filter = "currency:";
        int at = call.Query.IndexOf(Filter, StringComparison.Ordinal);
        string[] wanted = at < 0 ? [] : call.Query[(at + Filter.Length)..].Split(' ', '&')[0].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return cards.Of(account).Where(c => wanted.Length == 0 || wanted.Contains(c.Asset.Code, StringComparer.Ordinal));
    }

    private void WriteCard(Utf8JsonWriter json, BrokerCard card) => BrokerText.Card(
        json, card, cards.Of(card.Owner).IndexOf(card) + 1, prices.Of(card.Asset, BrokerAsset.Of("USD"))?.Bid ?? 0);

    private BrokerAnswer MakeCard(BrokerCall call, ExchangeAccount account)
    {
        string? label = TextOf(call.Body, "label");
        string? currency = TextOf(call.Body, "currency");
        if (label is null or "" || label.Length > LongestLabel)
        {
            return BrokerRefusal.Invalid("label", label is null ? "required" : "length", "This value is required and has at most 140 characters");
        }

        if (currency is null || prices.Find(currency) is not { } asset)
        {
            return BrokerRefusal.Invalid("currency", currency is null ? "required" : "invalid_currency", "This value is not a supported currency");
        }

        BrokerCard card = cards.Make(account, asset, label);
        return BrokerAnswer.Ok(json => WriteCard(json, card));
    }

    private BrokerAnswer Quote(BrokerCall call, BrokerCard card)
    {
        if (WishOf(call.Body, card, out QuoteWish? wish) is { } refusal)
        {
            return refusal;
        }

        DeskAnswer quoted = desk.Quote(wish!);
        bool isOneStep = call.Query.Split('&').Contains("commit=true", StringComparer.Ordinal);
        return isOneStep && quoted.Transaction is { } quote ? Confirm(call, quote) : Of(quoted);
    }

    private BrokerRefusal? WishOf(JsonElement body, BrokerCard card, out QuoteWish? wish)
    {
        wish = null;
        JsonElement denomination = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("denomination", out JsonElement found) ? found : default;
        string? text = TextOf(denomination, "amount");
        string? currency = TextOf(denomination, "currency");
        string? destination = TextOf(body, "destination");
        string? reference = TextOf(body, "reference");
        if (text is null || currency is null || destination is null)
        {
            string missing = text is null ? "denomination.amount" : currency is null ? "denomination.currency" : "destination";
            return BrokerRefusal.Invalid(missing, "required", "This value is required");
        }

        if (prices.Find(currency) is not { } asset)
        {
            return BrokerRefusal.Invalid("denomination.currency", "invalid_currency", "This value is not a supported currency");
        }

        const NumberStyles Form = NumberStyles.AllowDecimalPoint;
        bool isAmount = decimal.TryParse(text, Form, CultureInfo.InvariantCulture, out decimal amount) && amount is > 0 and <= Largest;
        if (!isAmount || decimal.Round(amount, asset.Precision) != amount)
        {
            return BrokerRefusal.Invalid("denomination.amount", isAmount ? "invalid_precision" : "greater_than", $"This value is above 0 and has at most {asset.Precision} decimals");
        }

        if (cards.Find(card.Owner, destination) is not { } receiver || receiver == card)
        {
            return BrokerRefusal.Invalid("destination", "invalid_destination", "This value is not a card of the account");
        }

        if (reference is { Length: > LongestReference })
        {
            return BrokerRefusal.Invalid("reference", "length", "This value has at most 100 characters");
        }

        wish = new QuoteWish(card, receiver, amount, asset) { Reference = reference, Message = TextOf(body, "message") };
        return null;
    }

    private BrokerAnswer Commit(BrokerCall call, BrokerCard card, string id) => !card.Owner.Permissions.CanTrade ? BrokerRefusal.Forbidden
        : Find(card, id) is { } quote ? Confirm(call, quote)
        : BrokerRefusal.NotFound;

    private BrokerAnswer Confirm(BrokerCall call, BrokerTransaction quote)
    {
        if (call.WantsPassword && !call.HasPassword)
        {
            quote.CommitCalls++;
            return BrokerRefusal.PasswordRequired;
        }

        return Of(desk.Commit(quote));
    }

    private BrokerTransaction? Find(BrokerCard card, string id) => desk.Find(card.Owner, id) is { } found && found.Origin.Card == card ? found : null;

    private BrokerAnswer Of(DeskAnswer answer) => answer.Refusal is { } refusal ? refusal : Of(answer.Transaction);

    private BrokerAnswer Of(BrokerTransaction? transaction) =>
        transaction is null ? BrokerRefusal.NotFound : BrokerAnswer.Ok(json => BrokerText.Transaction(json, transaction, rules.Margin));

    private BrokerAnswer Transactions(BrokerCall call, IEnumerable<BrokerTransaction> oldestFirst) =>
        List(call, oldestFirst.Reverse(), (json, transaction) => BrokerText.Transaction(json, transaction, rules.Margin));

    private static BrokerAnswer List<T>(BrokerCall call, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        List<T> all = [.. items];
        (int first, int last) = (0, PageSize - 1);
        if (call.Range is { } range && !TryRead(range, out first, out last))
        {
            return BrokerRefusal.BadRange;
        }

        if (call.Range is not null && first >= all.Count)
        {
            return BrokerRefusal.RangeBeyond;
        }

        last = Math.Min(Math.Min(last, first + PageSize - 1), all.Count - 1);
        (int from, int count) = (first, Math.Max(0, last - first + 1));
        return new BrokerAnswer(Write, null) { Range = (first, last, all.Count) };

        void Write(Utf8JsonWriter json)
        {
            json.WriteStartArray();
            all.GetRange(Math.Min(from, all.Count), count).ForEach(item => write(json, item));
            json.WriteEndArray();
        }
    }

    // items=0-49
    private static bool TryRead(string text, out int first, out int last)
    {
        (first, last) = (0, 0);
        const string Unit = "items=";
        string[] ends = text.StartsWith(Unit, StringComparison.Ordinal) ? text[Unit.Length..].Split('-') : [];
        return ends.Length == 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out last)
            && first <= last;
    }

    private static string? TextOf(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}
