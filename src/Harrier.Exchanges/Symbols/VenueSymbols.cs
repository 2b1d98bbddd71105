using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Symbols;

/// <summary>What changed when the listing was read again.</summary>
/// <param name="Before">The instrument as it was; null for a new listing.</param>
/// <param name="After">The instrument now, with a higher revision when its definition changed.</param>
/// <param name="Rules">The rules now; status not trading after a delisting.</param>
public sealed record SymbolChange(Instrument? Before, Instrument After, SymbolRules Rules)
{
    /// <summary>True when tick, lot or a limit of the instrument changed: whoever counts in ticks has to start anew.</summary>
    public bool IsRevised => Before is not null && Before.Revision != After.Revision;
}

/// <summary>
/// A venue's symbols and their rules, loaded and revised from its listing. Instruments keep their id for good; a changed tick, lot or
/// limit gives a new revision. Safe to read from any thread.
/// </summary>
public abstract class VenueSymbols
{
    private readonly Lock _gate = new();
    private readonly string[]? _chosen;
    private readonly Dictionary<string, (SymbolRules Rules, Instrument Instrument)> _symbols = new(StringComparer.Ordinal);
    private int _nextId;

    /// <summary>No symbols yet.</summary>
    /// <param name="venue">The venue's id on the instruments.</param>
    /// <param name="chosen">Only these symbols, whose ids follow this order; null for all in the venue's order.</param>
    protected VenueSymbols(VenueId venue, IReadOnlyList<string>? chosen)
    {
        Venue = venue;
        _chosen = chosen?.ToArray();
        _nextId = _chosen?.Length ?? 0;
    }

    /// <summary>Called for each symbol that is new or changed, after all of a listing were read.</summary>
    public event Action<SymbolChange>? Changed;

    /// <summary>The venue's id on the instruments.</summary>
    public VenueId Venue { get; }

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

    /// <summary>What stands in the way of using these symbols after a listing was read; null when nothing does.</summary>
    /// <param name="loaded">How the reading ended.</param>
    /// <param name="wanted">The symbols.</param>
    public VenueError? Missing(VenueResult<bool> loaded, IReadOnlyList<string> wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return !loaded.IsOk ? loaded.Error
            : wanted.FirstOrDefault(symbol => !TryFind(symbol, out _, out _)) is { } missing
                ? new VenueError(VenueErrorKind.UnknownSymbol, Outcome.NotDone, 0, $"the venue does not list {missing}") { Filter = missing }
                : null;
    }

    /// <summary>Takes a listing.</summary>
    /// <param name="rules">The rules of what the platform can trade.</param>
    /// <param name="listed">All symbols of the listing; what is known and not among them does not trade any more.</param>
    protected void Apply(IEnumerable<SymbolRules> rules, IReadOnlySet<string> listed)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(listed);
        List<SymbolChange> changes = [];
        lock (_gate)
        {
            foreach (SymbolRules one in rules)
            {
                if ((_chosen is null || _chosen.Contains(one.Definition.Symbol)) && Take(one) is { } change)
                {
                    changes.Add(change);
                }
            }

            changes.AddRange(Delisted(listed));
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
    private List<SymbolChange> Delisted(IReadOnlySet<string> seen)
    {
        List<SymbolChange> changes = [];
        foreach ((string symbol, (SymbolRules rules, Instrument instrument)) in _symbols.ToArray())
        {
            if (!seen.Contains(symbol) && rules.IsTrading)
            {
                SymbolRules gone = rules with { Status = "DELISTED", IsTrading = false };
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
