using System.Globalization;
using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>
/// One comparison on its way. What is to be booked goes into a draft of the book at once, so that everything found later is compared with the
/// book as it will be.
/// </summary>
internal sealed class Comparison(AccountBook ours, AccountPicture theirs, ReconciliationPolicy policy, Timestamp now)
{
    private readonly List<Difference> _found = [];
    private HashSet<string>? _doubtful;
    private readonly HashSet<string> _unsettled = new(StringComparer.Ordinal);

    public AccountBook Ours { get; } = ours;

    public AccountBook Draft { get; } = ours.Draft();

    public AccountPicture Theirs { get; } = theirs;

    public ReconciliationPolicy Policy { get; } = policy;

    public Timestamp Now { get; } = now;

    public IReadOnlyList<Difference> Found => _found;

    public void Add(Difference difference)
    {
        _found.Add(difference);
        if (difference.Resolution.Fact is { } fact)
        {
            Draft.Apply(fact);
        }
    }

    /// <summary>Adds what only a person can do something about, once.</summary>
    public void Tell(Difference difference, bool halts)
    {
        if (!Draft.IsNoted(difference.Subject))
        {
            Add(difference with { Resolution = new Resolution(ResolutionKind.Report, new DifferenceNoted(Now, difference.Subject), halts) });
        }
    }

    /// <summary>True when we learned it so shortly before the question, or after it, that the answer may not have it.</summary>
    public bool IsRecent(Timestamp changed) => changed > Theirs.Asked + -Policy.Grace;

    /// <summary>True while nobody, nor this picture, knows of an order of ours in this symbol whether it exists.</summary>
    public bool HasDoubt(string symbol)
    {
        if (_doubtful is null)
        {
            HashSet<string> shown = new(Theirs.Orders.Select(static o => o.ClientId), StringComparer.Ordinal);
            IEnumerable<OrderFact> doubtful = Ours.Working.Where(o => o.Standing < OrderStanding.Working && !shown.Contains(o.ClientId));
            _doubtful = new HashSet<string>(doubtful.Select(static o => o.Symbol), StringComparer.Ordinal);
        }

        return _doubtful.Contains(symbol);
    }

    /// <summary>Something about an order of this symbol is still on its way: its position proves nothing now.</summary>
    public void Unsettle(string symbol) => _unsettled.Add(symbol);

    public bool IsUnsettled(string symbol) => _unsettled.Contains(symbol);

    /// <summary>True when the same difference was read long enough before.</summary>
    public bool IsConfirmed(string subject) =>
        Policy.ConfirmAfter <= TimeSpan.Zero || (Ours.SuspectSince(subject) is { } since && Theirs.Asked - since >= Policy.ConfirmAfter);

    public static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>What a statement, or an inferred execution, is named by: the same facts give the same id after a restart.</summary>
    public static VenueTradeId IdOf(string facts) => VenueTradeId.Derive(facts);
}
