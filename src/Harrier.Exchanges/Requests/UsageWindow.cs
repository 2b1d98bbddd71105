using Harrier.Domain;

namespace Harrier.Exchanges.Requests;

/// <summary>
/// What is used of one rule. A spend counts while it is under way and until one window after it settled, a spend exactly one window old
/// included. The venue counted it between leaving and settling, so no two spends that the venue could put in one window, sliding or fixed
/// to the clock, are ever judged apart. What the venue's headers show beyond our own spends is kept as foreign use. Not thread-safe.
/// </summary>
internal sealed class UsageWindow(BudgetRule rule)
{
    private static readonly TimeSpan LargestMargin = TimeSpan.FromSeconds(2);

    private readonly Queue<Spend> _settled = new();
    private int _settledWeight;
    private int _underWay;
    private int _foreign;
    private TimeSpan _foreignUntil;
    private TimeSpan _foreignSince;

    public BudgetRule Rule { get; set; } = rule;

    /// <summary>What a class may use: the whole limit, or what the reserve leaves; a limit of 1 has no reserve.</summary>
    public int Ceiling(bool maySpendReserve, double reserve) =>
        maySpendReserve || Rule.Limit < 2 ? Rule.Limit : Rule.Limit - (int)Math.Ceiling(Rule.Limit * reserve);

    public int Used(TimeSpan now)
    {
        Expire(now);
        return _underWay + _settledWeight + _foreign;
    }

    public Spend Take(int weight, TimeSpan now)
    {
        _underWay += weight;
        return new Spend(weight, now);
    }

    public void Settle(Spend spend, TimeSpan now)
    {
        _underWay -= spend.Weight;
        _settledWeight += spend.Weight;
        spend.Settled = now;
        _settled.Enqueue(spend);
    }

    /// <summary>Takes back a spend that certainly never left.</summary>
    public void Refund(Spend spend) => _underWay -= spend.Weight;

    /// <summary>When the use falls next without anyone's doing; null when it does not.</summary>
    public TimeSpan? NextFall(TimeSpan now)
    {
        Expire(now);
        TimeSpan? spend = _settled.Count > 0 ? _settled.Peek().Settled!.Value + Rule.Window : null;
        TimeSpan? foreign = _foreign > 0 ? _foreignUntil : null;
        return spend is null || foreign < spend ? foreign : spend;
    }

    /// <summary>
    /// Corrects the estimate by what a header said is used. With the venue's time the bounds of its window are known (to a margin), and so
    /// which of our spends it must have counted: if it counted less than those, they weighed less; if it counted more than all it could
    /// have, the rest is foreign. Without, the estimate is only raised to what the header said.
    /// </summary>
    /// <param name="used">The header's figure.</param>
    /// <param name="own">The settled spend whose answer bore the header.</param>
    /// <param name="now">The moment of the answer.</param>
    /// <param name="venueTime">The venue's time at that moment.</param>
    public void Correct(int used, Spend own, TimeSpan now, Timestamp? venueTime)
    {
        Expire(now);
        if (venueTime is not Timestamp at)
        {
            RaiseForeign(used - _underWay - _settledWeight, now, now + Rule.Window);
            return;
        }

        TimeSpan margin = Rule.Window / 4 < LargestMargin ? Rule.Window / 4 : LargestMargin;
        TimeSpan start = now - new TimeSpan(at.Nanos / 100 % Rule.Window.Ticks);
        int certain = CertainSince(start + margin, own);
        if (own.Sent >= _foreignSince)
        {
            _foreign = Math.Min(_foreign, Math.Max(0, used - certain));
        }

        if (used < certain)
        {
            Lighten(certain - used, start + margin, own);
        }

        RaiseForeign(used - PossibleSince(start - margin), now, start + Rule.Window + margin);
    }

    private static bool IsCertain(Spend spend, TimeSpan from, Spend own) =>
        spend.Sent >= from && (ReferenceEquals(spend, own) || spend.Settled <= own.Sent);

    private int CertainSince(TimeSpan from, Spend own)
    {
        int sum = 0;
        foreach (Spend spend in _settled)
        {
            sum += IsCertain(spend, from, own) ? spend.Weight : 0;
        }

        return sum;
    }

    private int PossibleSince(TimeSpan from)
    {
        int sum = _underWay;
        foreach (Spend spend in _settled)
        {
            sum += spend.Settled >= from ? spend.Weight : 0;
        }

        return sum;
    }

    // The own spend first: those before it were corrected by their own answers.
    private void Lighten(int excess, TimeSpan from, Spend own)
    {
        excess -= Lighten(own, excess);
        foreach (Spend spend in _settled)
        {
            if (excess > 0 && IsCertain(spend, from, own))
            {
                excess -= Lighten(spend, excess);
            }
        }
    }

    private int Lighten(Spend spend, int excess)
    {
        int less = Math.Min(excess, spend.Weight);
        spend.Weight -= less;
        _settledWeight -= less;
        return less;
    }

    private void RaiseForeign(int foreign, TimeSpan now, TimeSpan until)
    {
        if (foreign > _foreign)
        {
            _foreign = foreign;
            _foreignSince = now;
            _foreignUntil = until;
        }
    }

    private void Expire(TimeSpan now)
    {
        while (_settled.Count > 0 && now - _settled.Peek().Settled!.Value > Rule.Window)
        {
            _settledWeight -= _settled.Dequeue().Weight;
        }

        if (now > _foreignUntil)
        {
            _foreign = 0;
        }
    }
}
