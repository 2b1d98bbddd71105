namespace Harrier.Exchanges.Requests;

/// <summary>
/// What all processes of one machine, and so of one IP address, use of a venue's limits: a small file mapped into each.
/// A process first writes down what it wants and then adds up what all want, so two that ask at once never both pass a limit.
/// What was spent is kept in thirtieths of a window, so up to that much longer than needed. A killed process leaves no lock; what it had
/// under way counts for another window. Bans are shared. Thread-safe.
/// </summary>
public sealed class MachineLedger : IDisposable
{
    private const int None = -1;
    private const int Parts = 30;
    private const int WeightBits = 22;
    private const long WeightMask = (1L << WeightBits) - 1;
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestBan = TimeSpan.FromDays(3);
    private static long _opened;

    private readonly Lock _gate = new();
    private readonly LedgerPage _page;
    private readonly TimeProvider _time;
    private readonly ITimer _beat;
    private long _owner;
    private int _slot;
    private bool _disposed;

    private MachineLedger(LedgerPage page, TimeProvider time)
    {
        _page = page;
        _time = time;
        _owner = NewMark();
        _slot = Occupy();
        if (_slot == None)
        {
            throw new IOException($"{LedgerPage.Slots} processes already share this request ledger");
        }

        _beat = time.CreateTimer(_ => Beat(), null, BeatEvery, BeatEvery);
    }

    /// <summary>Opens the ledger of a venue, making it if there is none.</summary>
    /// <param name="folder">The folder that all processes of the machine share; made if it is missing.</param>
    /// <param name="name">The file's name without ending, one per venue and address space.</param>
    /// <param name="time">The clock; its steady part must be the machine's, as that of <see cref="TimeProvider.System"/> is.</param>
    /// <exception cref="IOException">64 processes already share the ledger, or the file cannot be opened.</exception>
    /// <exception cref="InvalidDataException">The file is not a ledger of this version.</exception>
    public static MachineLedger Open(string folder, string name, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(time);
        Directory.CreateDirectory(folder);
        LedgerPage page = new(Path.Combine(folder, name + ".ledger"));
        try
        {
            return new MachineLedger(page, time);
        }
        catch
        {
            page.Dispose();
            throw;
        }
    }

    /// <summary>What all processes together use of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="accountScope">The account's mark, for a rule that is counted per account.</param>
    public int Used(BudgetRule rule, string accountScope = "")
    {
        ArgumentNullException.ThrowIfNull(rule);
        LedgerClaim claim = LedgerClaim.Of(rule.PerAccount ? accountScope : "", rule, 0);
        return (int)Math.Min(int.MaxValue, UsedOf(RowOf(claim), claim.WindowTicks));
    }

    /// <summary>Frees this process's place; what it had under way counts as spent now.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _beat.Dispose();
                Vacate(_slot, _owner);
                _page.Dispose();
            }
        }
    }

    /// <summary>Takes all that is claimed, or nothing.</summary>
    /// <returns>Our mark, to be given back with the spends; 0 when there is no room.</returns>
    internal long TryTake(ReadOnlySpan<LedgerClaim> claims)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Beat();
            bool fits = true;
            if (_slot == None)
            {
                return 0;
            }

            foreach (LedgerClaim claim in claims)
            {
                AddUnderWay(claim, claim.Weight);
            }

            foreach (LedgerClaim claim in claims)
            {
                fits &= UsedOf(RowOf(claim), claim.WindowTicks) <= claim.Ceiling;
            }

            foreach (LedgerClaim claim in fits ? [] : claims)
            {
                AddUnderWay(claim, -claim.Weight);
            }

            return fits ? _owner : 0;
        }
    }

    /// <summary>Turns what is under way into what was spent, at the weight that is now known.</summary>
    internal void Settle(in LedgerClaim claim, int counted, long mark)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                // First the one, then the other: a process killed in between counts twice rather than not at all.
                AddSpent(RowOf(claim), claim.WindowTicks, counted);
                TakeBack(claim, mark);
            }
        }
    }

    /// <summary>Takes back what never left.</summary>
    internal void Refund(in LedgerClaim claim, long mark)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                TakeBack(claim, mark);
            }
        }
    }

    /// <summary>Adds what a venue's header shows beyond what the processes know of.</summary>
    internal void RaiseTo(in LedgerClaim claim, int used)
    {
        lock (_gate)
        {
            long missing = _disposed ? 0 : used - UsedOf(RowOf(claim), claim.WindowTicks);
            if (missing > 0)
            {
                AddSpent(RowOf(claim), claim.WindowTicks, (int)missing);
            }
        }
    }

    /// <summary>Bans a rule, or everything when there is none, for all processes; a longer ban stays.</summary>
    internal void Ban(LedgerClaim? rule, TimeSpan rest)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            int row = rule is LedgerClaim claim ? RowOf(claim) : None;
            if (rule is not null && row == None)
            {
                return;
            }

            ref long word = ref row != None ? ref _page.RuleBan(row) : ref _page.BanOfAll;
            long until = _time.GetUtcNow().ToUnixTimeMilliseconds() + (long)Math.Ceiling(rest.TotalMilliseconds);
            long seen = Volatile.Read(ref word);
            while (until > seen && Interlocked.CompareExchange(ref word, until, seen) is long now && now != seen)
            {
                seen = now;
            }
        }
    }

    /// <summary>What is left of the ban of a rule, or of everything; never more than three days, the longest that venues give.</summary>
    internal TimeSpan BanLeft(LedgerClaim? rule)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return TimeSpan.Zero;
            }

            int row = rule is LedgerClaim claim ? RowOf(claim) : None;
            long until = row != None ? Volatile.Read(ref _page.RuleBan(row)) : rule is null ? Volatile.Read(ref _page.BanOfAll) : 0;
            TimeSpan left = TimeSpan.FromMilliseconds(Math.Max(0, until - _time.GetUtcNow().ToUnixTimeMilliseconds()));
            return left < LongestBan ? left : LongestBan;
        }
    }

    // Never the same twice on a machine, even where two processes see the same process id.
    private long NewMark() =>
        ((long)Environment.ProcessId << 40) ^ (_time.GetTimestamp() << 9) ^ (Interlocked.Increment(ref _opened) << 1) | 1;

    private long Now() => _time.GetElapsedTime(0).Ticks;

    // A ledger that is full of other rules leaves the limit to each process's own count.
    private int RowOf(in LedgerClaim claim)
    {
        for (int row = 0; row < LedgerPage.Rules; row++)
        {
            long key = Volatile.Read(ref _page.RuleKey(row));
            key = key == 0 ? Interlocked.CompareExchange(ref _page.RuleKey(row), claim.Key, 0) : key;
            if (key == 0 || key == claim.Key)
            {
                Volatile.Write(ref _page.RuleWindow(row), claim.WindowTicks);
                return row;
            }
        }

        return None;
    }

    private long UsedOf(int row, long window)
    {
        if (row == None)
        {
            return 0;
        }

        long now = Now();
        long width = Math.Max(1, window / Parts);
        long sum = 0;
        for (int i = 0; i < LedgerPage.Buckets; i++)
        {
            long word = Volatile.Read(ref _page.Bucket(row, i));
            long end = ((word >> WeightBits) + 1) * width;
            bool counts = now - end <= window && end <= now + width + width;
            sum += counts ? word & WeightMask : 0;
        }

        for (int slot = 0; slot < LedgerPage.Slots; slot++)
        {
            long silence = now - Volatile.Read(ref _page.Heartbeat(slot));
            bool counts = Volatile.Read(ref _page.Owner(slot)) != 0 && silence <= DeadAfter.Ticks + window && silence >= -DeadAfter.Ticks;
            sum += counts ? Math.Max(0, Volatile.Read(ref _page.UnderWay(slot, row))) : 0;
        }

        return sum;
    }

    private void AddSpent(int row, long window, int weight)
    {
        if (row == None)
        {
            return;
        }

        long epoch = Now() / Math.Max(1, window / Parts);
        ref long word = ref _page.Bucket(row, (int)(epoch % LedgerPage.Buckets));
        long seen = Volatile.Read(ref word);
        while (true)
        {
            long old = seen >> WeightBits == epoch ? seen & WeightMask : 0;
            long next = (epoch << WeightBits) | Math.Min(WeightMask, old + weight);
            long found = Interlocked.CompareExchange(ref word, next, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }

    private void TakeBack(in LedgerClaim claim, long mark)
    {
        if (mark == _owner && IsOurs())
        {
            AddUnderWay(claim, -claim.Weight);
        }
    }

    private bool IsOurs() => _slot != None && Volatile.Read(ref _page.Owner(_slot)) == _owner;

    private void AddUnderWay(in LedgerClaim claim, int weight)
    {
        if (RowOf(claim) is int row and not None)
        {
            Interlocked.Add(ref _page.UnderWay(_slot, row), weight);
        }
    }

    private void Beat()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (!IsOurs())
            {
                _owner = NewMark();
                _slot = Occupy();
            }

            if (_slot != None)
            {
                Volatile.Write(ref _page.Heartbeat(_slot), Now());
            }
        }
    }

    // Free places first, then those of processes that have been silent for long: what they had under way counts as spent now.
    private int Occupy()
    {
        for (int slot = 0; slot < LedgerPage.Slots; slot++)
        {
            if (Interlocked.CompareExchange(ref _page.Owner(slot), _owner, 0) == 0)
            {
                Volatile.Write(ref _page.Heartbeat(slot), Now());
                return slot;
            }
        }

        for (int slot = 0; slot < LedgerPage.Slots; slot++)
        {
            long owner = Volatile.Read(ref _page.Owner(slot));
            long silence = Now() - Volatile.Read(ref _page.Heartbeat(slot));
            if (Math.Abs(silence) > DeadAfter.Ticks && Interlocked.CompareExchange(ref _page.Owner(slot), _owner, owner) == owner)
            {
                Volatile.Write(ref _page.Heartbeat(slot), Now());
                SpendUnderWay(slot);
                return slot;
            }
        }

        return None;
    }

    private void Vacate(int slot, long owner)
    {
        if (IsOurs())
        {
            SpendUnderWay(slot);
            Interlocked.CompareExchange(ref _page.Owner(slot), 0, owner);
        }
    }

    private void SpendUnderWay(int slot)
    {
        for (int row = 0; row < LedgerPage.Rules; row++)
        {
            long weight = Interlocked.Exchange(ref _page.UnderWay(slot, row), 0);
            if (weight > 0)
            {
                AddSpent(row, Volatile.Read(ref _page.RuleWindow(row)), (int)weight);
            }
        }
    }
}
