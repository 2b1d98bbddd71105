using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Requests;

/// <content>Who may leave now, and what is booked when they come back. All of it runs under the gate.</content>
public sealed partial class RequestBudget
{
    /// <summary>Lets all leave who may, in order, and sets the alarm for when another could.</summary>
    private void Pump()
    {
        if (_line.Count == 0 || _disposed)
        {
            return;
        }

        TimeSpan now = Now();
        _earmarked.Clear();
        _short.Clear();
        _wake = null;
        foreach (BudgetWaiter waiter in _line)
        {
            if (TryGrant(waiter, now))
            {
                _granted.Add(waiter);
            }
        }

        foreach (BudgetWaiter waiter in _granted)
        {
            _line.Remove(waiter);
        }

        _granted.Clear();
        if (_wake is TimeSpan wake && _line.Count > 0)
        {
            TimeSpan sleep = wake - now;
            _alarm.Change(sleep > ShortestSleep ? sleep : ShortestSleep, Timeout.InfiniteTimeSpan);
        }
    }

    private bool TryGrant(BudgetWaiter waiter, TimeSpan now)
    {
        if (IsHeldByBan(waiter, now) || IsPaced(waiter, now) || !HasRoom(waiter, now))
        {
            return false;
        }

        int pass = Circuit.TryEnter();
        if (pass == 0)
        {
            waiter.HeldBy = BudgetRefusal.CircuitOpen;
            TimeSpan rest = Circuit.Remaining;
            WakeAt(rest > TimeSpan.Zero ? now + rest : null);
            return false;
        }

        if (!TryTakeFromLedger(waiter, out long epoch))
        {
            _ = Circuit.Leave(pass, rateLimited: false, answered: false);
            WakeAt(now + LedgerPoll);
            return false;
        }

        Grant(waiter, pass, epoch, now);
        return true;
    }

    private void Grant(BudgetWaiter waiter, int pass, long epoch, TimeSpan now)
    {
        ReadOnlySpan<RequestCost> costs = waiter.Request.Costs.Span;
        Spend[] spends = new Spend[costs.Length];
        for (int i = 0; i < costs.Length; i++)
        {
            spends[i] = _windows[costs[i].Rule].Take(costs[i].Weight, now);
        }

        if (waiter.Request.Priority != RequestPriority.Critical)
        {
            _nextSlot = now + _throttle.Delay;
        }

        waiter.Deadline?.Dispose();
        waiter.Answer.SetResult(new BudgetLease(this, new BudgetTicket(waiter.Request.Costs, spends, pass, epoch)));
    }

    private bool IsHeldByBan(BudgetWaiter waiter, TimeSpan now)
    {
        TimeSpan until = BannedUntil(waiter.Request.Costs.Span);
        if (until <= now)
        {
            return false;
        }

        waiter.HeldBy = BudgetRefusal.Banned;
        WakeAt(until);
        return true;
    }

    private bool IsPaced(BudgetWaiter waiter, TimeSpan now)
    {
        if (waiter.Request.Priority == RequestPriority.Critical || now >= _nextSlot)
        {
            return false;
        }

        waiter.HeldBy = BudgetRefusal.Timeout;
        WakeAt(_nextSlot);
        return true;
    }

    // A rule that someone of a higher rank finds too full is closed to those behind; of the other rules that one needs, its weight is put aside.
    private bool HasRoom(BudgetWaiter waiter, TimeSpan now)
    {
        bool fits = true;
        ReadOnlySpan<RequestCost> costs = waiter.Request.Costs.Span;
        foreach (RequestCost cost in costs)
        {
            UsageWindow window = _windows[cost.Rule];
            int wanted = window.Used(now) + _earmarked.GetValueOrDefault(cost.Rule) + cost.Weight;
            if (_short.Contains(cost.Rule) || wanted > window.Ceiling(waiter.Request.MaySpendReserve, _options.Reserve))
            {
                fits = false;
                _short.Add(cost.Rule);
                WakeAt(window.NextFall(now) + TimeSpan.FromTicks(1));
            }
        }

        if (!fits)
        {
            waiter.HeldBy = BudgetRefusal.Timeout;
            foreach (RequestCost cost in costs)
            {
                _earmarked[cost.Rule] = _earmarked.GetValueOrDefault(cost.Rule) + cost.Weight;
            }
        }

        return fits;
    }

    private bool TryTakeFromLedger(BudgetWaiter waiter, out long epoch)
    {
        epoch = 0;
        if (_options.Ledger is not MachineLedger ledger)
        {
            return true;
        }

        ReadOnlySpan<RequestCost> costs = waiter.Request.Costs.Span;
        LedgerClaim[] claims = new LedgerClaim[costs.Length];
        for (int i = 0; i < costs.Length; i++)
        {
            UsageWindow window = _windows[costs[i].Rule];
            claims[i] = ClaimOf(window, costs[i].Weight) with { Ceiling = window.Ceiling(waiter.Request.MaySpendReserve, _options.Reserve) };
        }

        epoch = ledger.TryTake(claims);
        if (epoch == 0)
        {
            waiter.HeldBy = BudgetRefusal.Timeout;
            foreach (RequestCost cost in costs)
            {
                _short.Add(cost.Rule);
            }
        }

        return epoch != 0;
    }

    private void WakeAt(TimeSpan? instant) => _wake = instant is TimeSpan at && (_wake is null || at < _wake) ? at : _wake;

    private LedgerClaim ClaimOf(UsageWindow window, int weight) =>
        LedgerClaim.Of(window.Rule.PerAccount ? _options.AccountScope : "", window.Rule, weight);

    private void Book(BudgetTicket ticket, in RequestFeedback feedback, TimeSpan now)
    {
        ReadOnlySpan<RequestCost> costs = ticket.Costs.Span;
        for (int i = 0; i < costs.Length; i++)
        {
            _windows[costs[i].Rule].Settle(ticket.Spends[i], now);
        }

        foreach ((string rule, int used) in feedback.Used ?? [])
        {
            if (_windows.TryGetValue(rule, out UsageWindow? window))
            {
                window.Correct(used, SpendOn(rule, ticket, now), now, feedback.VenueTime);
            }
        }

        if (_options.Ledger is MachineLedger ledger)
        {
            BookInLedger(ledger, ticket, feedback);
        }
    }

    private static Spend SpendOn(string rule, BudgetTicket ticket, TimeSpan now)
    {
        for (int i = 0; i < ticket.Spends.Length; i++)
        {
            if (ticket.Costs.Span[i].Rule == rule)
            {
                return ticket.Spends[i];
            }
        }

        return new Spend(0, ticket.Spends.Length > 0 ? ticket.Spends[0].Sent : now) { Settled = now };
    }

    private void BookInLedger(MachineLedger ledger, BudgetTicket ticket, in RequestFeedback feedback)
    {
        ReadOnlySpan<RequestCost> costs = ticket.Costs.Span;
        for (int i = 0; i < costs.Length; i++)
        {
            ledger.Settle(ClaimOf(_windows[costs[i].Rule], costs[i].Weight), ticket.Spends[i].Weight, ticket.LedgerEpoch);
        }

        foreach ((string rule, int used) in feedback.Used ?? [])
        {
            if (_windows.TryGetValue(rule, out UsageWindow? window))
            {
                ledger.RaiseTo(ClaimOf(window, 0), used);
            }
        }
    }

    // An account's limit stops what spends from it; an address's limit, or one the venue did not name, stops everything.
    private void Stop(in RequestFeedback feedback, TimeSpan now)
    {
        UsageWindow? window = feedback.LimitedRule is string name ? _windows.GetValueOrDefault(name) : null;
        UsageWindow? scope = window is { Rule.PerAccount: true } && feedback.Kind == VenueErrorKind.RateLimited ? window : null;
        TimeSpan hint = scope is not null && scope.Rule.Window < _options.StopWithoutHint ? scope.Rule.Window : _options.StopWithoutHint;
        TimeSpan rest = feedback.RetryAfter ?? (feedback.Kind == VenueErrorKind.Banned ? _options.BanWithoutHint : hint);
        _bans.Ban(scope?.Rule.Name, now + rest);
        _options.Ledger?.Ban(scope is null ? null : ClaimOf(scope, 0), rest);
    }
}
