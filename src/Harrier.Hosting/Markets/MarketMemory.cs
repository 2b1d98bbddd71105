using System.Collections.Concurrent;
using Harrier.Domain;
using Harrier.Hosting.Control;

namespace Harrier.Hosting.Markets;

/// <summary>The markets of a run, as its accounts saw them since it began. Safe to use from any thread.</summary>
public sealed class MarketMemory
{
    private readonly ConcurrentDictionary<(string Venue, string Symbol), SymbolMemory> _symbols = new();
    private readonly ConcurrentDictionary<(string Venue, string Symbol), WallMemory> _walls = new();

    /// <summary>What is remembered of a symbol; of the venue that was heard first where several have it. Null when none has.</summary>
    /// <param name="symbol">As BTCUSDT, BTC/USDT or BTC-USDT.</param>
    /// <param name="venue">Of this venue; null for any.</param>
    public SymbolMemory? Find(string symbol, string? venue = null)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        string plain = Plain(symbol);
        return _symbols.OrderBy(static pair => pair.Key.Venue, StringComparer.Ordinal)
            .FirstOrDefault(pair => pair.Key.Symbol == plain && (venue is null || pair.Key.Venue == venue)).Value;
    }

    /// <summary>The symbols that are remembered.</summary>
    public IReadOnlyList<string> Symbols => [.. _symbols.Keys.Select(static key => key.Symbol).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A symbol as venues write it.</summary>
    public static string Plain(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return symbol.Replace("/", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
    }

    /// <summary>Remembers a trade. Of each market those of one teller are given, in their order.</summary>
    public void Add(MarketTrade trade)
    {
        ArgumentNullException.ThrowIfNull(trade);
        MarketEvent seen = trade.Event;
        _symbols.GetOrAdd((trade.Venue.Name, trade.Symbol), static (_, instrument) => new SymbolMemory(instrument), trade.Instrument).Add(in seen);
    }

    /// <summary>The walls in the book of a market; of one whose book was not seen none is known.</summary>
    public WallMemory WallsOf(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return _walls.GetOrAdd((instrument.Definition.Venue.Name, instrument.Symbol), static (_, whose) => new WallMemory(whose), instrument);
    }

    /// <summary>No book can be believed until its next snapshot.</summary>
    public void FailWalls(Timestamp now)
    {
        foreach (WallMemory walls in _walls.Values)
        {
            walls.Fail(now);
        }
    }

    /// <summary>Time has passed.</summary>
    public void Tick(Timestamp now)
    {
        foreach (SymbolMemory symbol in _symbols.Values)
        {
            symbol.Tick(now);
        }
    }
}
