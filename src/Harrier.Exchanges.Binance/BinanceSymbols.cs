using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Binance;

/// <summary>What changed when exchangeInfo was read again.</summary>
/// <param name="Before">The instrument as it was; null for a new listing.</param>
/// <param name="After">The instrument now, with a higher revision when its definition changed.</param>
/// <param name="Rules">The rules now; status not trading after a delisting.</param>
public sealed record SymbolChange(Instrument? Before, Instrument After, SymbolRules Rules)
{
    /// <summary>True when tick, lot or a limit of the instrument changed: whoever counts in ticks has to start anew.</summary>
    public bool IsRevised => Before is not null && Before.Revision != After.Revision;
}

/// <summary>
/// The venue's symbols and their rules, loaded and revised from exchangeInfo. Instruments keep their id for good; a changed tick, lot or
/// limit gives a new revision. Safe to read from any thread.
/// </summary>
public sealed class BinanceSymbols
{
    private readonly Lock _gate = new();
    private readonly BinanceMarket _market;
    private readonly VenueId _venue;
    private readonly string[]? _chosen;
    private readonly Dictionary<string, (SymbolRules Rules, Instrument Instrument)> _symbols = new(StringComparer.Ordinal);
    private IReadOnlyList<BudgetRule> _limits;
    private int _nextId;

    /// <summary>No symbols yet.</summary>
    /// <param name="market">Which market.</param>
    /// <param name="venue">The venue's id on the instruments; null takes the market's own.</param>
    /// <param name="chosen">Only these symbols, whose ids follow this order; null for all in the venue's order.</param>
    public BinanceSymbols(BinanceMarket market, VenueId? venue = null, IReadOnlyList<string>? chosen = null)
    {
        _market = market;
        _venue = venue ?? new VenueId(market == BinanceMarket.Spot ? "binance-spot" : "binance-usdm");
        _chosen = chosen?.ToArray();
        _nextId = _chosen?.Length ?? 0;
        _limits = BinanceLimits.Defaults(market);
    }

    /// <summary>Called for each symbol that is new or changed, after all of an answer were read.</summary>
    public event Action<SymbolChange>? Changed;

    /// <summary>The limits of the venue, as rules of the request budget.</summary>
    public IReadOnlyList<BudgetRule> Limits
    {
        get
        {
            lock (_gate)
            {
                return _limits;
            }
        }
    }

    /// <summary>All instruments, by id.</summary>
    public IReadOnlyList<Instrument> Instruments
    {
        get
        {
            lock (_gate)
            {
                return [.. _symbols.Values.Select(s => s.Instrument).OrderBy(i => i.Id.Index)];
            }
        }
    }

    /// <summary>The instrument and rules of a symbol.</summary>
    public bool TryFind(string symbol, [NotNullWhen(true)] out SymbolRules? rules, [NotNullWhen(true)] out Instrument? instrument)
    {
        lock (_gate)
        {
            bool found = _symbols.TryGetValue(symbol, out (SymbolRules Rules, Instrument Instrument) entry);
            (rules, instrument) = found ? entry : (null, null);
            return found;
        }
    }

    /// <summary>Reads an answer to exchangeInfo.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public void Load(ReadOnlySpan<byte> exchangeInfo) =>
        Apply(JsonSerializer.Deserialize(exchangeInfo, BinanceJson.Default.ExchangeInfoMessage) ?? throw new JsonException("exchangeInfo is null"));

    internal void Apply(ExchangeInfoMessage message)
    {
        List<SymbolChange> changes = [];
        lock (_gate)
        {
            IReadOnlyList<BudgetRule> limits = BinanceLimits.From(message);
            _limits = limits.Count > 0 ? limits : _limits;
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (SymbolMessage symbol in message.Symbols)
            {
                seen.Add(symbol.Symbol);
                if ((_chosen is null || _chosen.Contains(symbol.Symbol)) && SymbolMapping.RulesOf(_market, _venue, symbol) is { } rules && Take(rules) is { } change)
                {
                    changes.Add(change);
                }
            }

            changes.AddRange(Delisted(seen));
        }

        foreach (SymbolChange change in changes)
        {
            Changed?.Invoke(change);
        }
    }

    private SymbolChange? Take(SymbolRules rules)
    {
        string symbol = rules.Definition.Symbol;
        if (!_symbols.TryGetValue(symbol, out (SymbolRules Rules, Instrument Instrument) known))
        {
            int chosen = _chosen is null ? -1 : Array.IndexOf(_chosen, symbol);
            Instrument added = new(new InstrumentId(chosen >= 0 ? chosen : _nextId++), rules.Definition);
            _symbols[symbol] = (rules, added);
            return new SymbolChange(null, added, rules);
        }

        bool revised = rules.Definition with { Revision = known.Instrument.Revision } != known.Instrument.Definition;
        SymbolRules numbered = rules with { Definition = rules.Definition with { Revision = known.Instrument.Revision + (revised ? 1 : 0) } };
        if (!revised && SameRules(known.Rules, numbered))
        {
            return null;
        }

        Instrument after = revised ? new Instrument(known.Instrument.Id, numbered.Definition) : known.Instrument;
        _symbols[symbol] = (numbered, after);
        return new SymbolChange(known.Instrument, after, numbered);
    }

    // A symbol that the venue no longer lists keeps its instrument, for what is still held, and stops trading.
    private List<SymbolChange> Delisted(HashSet<string> seen)
    {
        List<SymbolChange> changes = [];
        foreach ((string symbol, (SymbolRules rules, Instrument instrument)) in _symbols.ToArray())
        {
            if (!seen.Contains(symbol) && rules.IsTrading)
            {
                SymbolRules gone = rules with { Status = "DELISTED" };
                _symbols[symbol] = (gone, instrument);
                changes.Add(new SymbolChange(instrument, instrument, gone));
            }
        }

        return changes;
    }

    private static bool SameRules(SymbolRules left, SymbolRules right) =>
        left.OrderTypes.SetEquals(right.OrderTypes) && left.TimesInForce.SetEquals(right.TimesInForce)
        && left == right with { OrderTypes = left.OrderTypes, TimesInForce = left.TimesInForce };
}
