using System.Text.Json;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>What the spot handlers share: the exchange, its limits, and how symbols are read.</summary>
/// <param name="facts">The exchange.</param>
/// <param name="limits">Its limits.</param>
internal sealed class SpotMarket(MarketFacts facts, RequestLimits limits)
{
    private const string SymbolRange = "^[A-Z0-9-_.]{1,20}$";
    private const string SymbolsRange = "^\\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,1}\\]$";

    /// <summary>The exchange.</summary>
    public ExchangeCore Core => facts.Core;

    /// <summary>The exchange with candles and tickers.</summary>
    public MarketFacts Facts => facts;

    /// <summary>Its limits.</summary>
    public RequestLimits Limits => limits;

    /// <summary>Aggregated trades.</summary>
    public SpotTape Tape { get; } = new(facts.Core);

    /// <summary>The instrument of a symbol that must be sent; a fault of the call otherwise.</summary>
    public ListedInstrument? Instrument(ApiCall call)
    {
        string symbol = call.Parameters.Required("symbol");
        return symbol.Length == 0 ? null : Find(call, symbol);
    }

    /// <summary>
    /// The instruments of <c>symbol</c>, <c>symbols</c>, or all. Sending both is a fault.
    /// </summary>
    /// <param name="call">The request.</param>
    /// <param name="isList">Whether the answer is a list.</param>
    /// <param name="needsOne">Whether none is a fault.</param>
    public IReadOnlyList<ListedInstrument> Instruments(ApiCall call, out bool isList, bool needsOne = false)
    {
        string? one = call.Parameters.Text("symbol");
        string? several = call.Parameters.Text("symbols");
        isList = one is null;
        if (one is not null && several is not null)
        {
            call.Parameters.Fail(ApiFault.BadCombination);
        }
        else if (one is not null)
        {
            return Find(call, one) is { } found ? [found] : [];
        }
        else if (several is not null)
        {
            return FindAll(call, several);
        }
        else if (needsOne)
        {
            call.Parameters.Fail(ApiFault.Missing("symbol"));
        }

        return Core.Listings;
    }

    /// <summary>Number of symbols in a request, without reading it: for weights.</summary>
    public static int CountSymbols(ApiParameters parameters) =>
        parameters.Has("symbol") ? 1 : parameters.Peek("symbols") is { } several ? several.Count(c => c == ',') + 1 : int.MaxValue;

    private static bool IsSymbol(string text) => text.Length is > 0 and <= 20
        && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');

    private ListedInstrument? Find(ApiCall call, string symbol)
    {
        if (!IsSymbol(symbol))
        {
            call.Parameters.Fail(ApiFault.IllegalCharacters("symbol", SymbolRange));
            return null;
        }

        ListedInstrument? instrument = Core.Find(symbol);
        if (instrument is null)
        {
            call.Parameters.Fail(ApiFault.BadSymbol);
        }

        return instrument;
    }

    private List<ListedInstrument> FindAll(ApiCall call, string text)
    {
        List<ListedInstrument> found = [];
        string?[]? symbols = null;
        try
        {
            symbols = JsonSerializer.Deserialize<string?[]>(text);
        }
        catch (JsonException)
        {
            // Answered below like any other text that is no list of symbols.
        }

        if (symbols is null || symbols.Length == 0 || !symbols.All(s => s is not null && IsSymbol(s)))
        {
            call.Parameters.Fail(ApiFault.IllegalCharacters("symbols", SymbolsRange));
            return found;
        }

        foreach (string? symbol in symbols)
        {
            if (Find(call, symbol!) is { } instrument)
            {
                found.Add(instrument);
            }
        }

        return found;
    }
}
