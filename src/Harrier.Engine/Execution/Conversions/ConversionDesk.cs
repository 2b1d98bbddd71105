using Harrier.Domain;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;

namespace Harrier.Engine.Execution;

/// <summary>
/// Knows every conversion that may move money, holds back what it costs and books its end: once, by the venue's id, exactly. All of it is state, so that
/// a restart goes on where the engine stopped.
/// </summary>
public sealed class ConversionDesk : IStateful
{
    // Ends remembered, to recognize one that is reported again, such as by a listing read after each reconnect.
    private const int RememberedEnds = 4096;

    private readonly InstrumentTable _table;
    private readonly Ledger _ledger;
    private readonly List<OpenConversion> _open = [];
    private readonly Dictionary<VenueTradeId, bool> _ends = [];
    private readonly Queue<VenueTradeId> _endOrder = new();

    internal ConversionDesk(InstrumentTable table, Ledger ledger)
    {
        _table = table;
        _ledger = ledger;
    }

    /// <summary>Conversions whose end is not known, oldest first; after a restart each has to be asked for.</summary>
    public IReadOnlyList<OpenConversion> Open => _open;

    /// <summary>Conversions booked so far.</summary>
    public int Booked { get; private set; }

    /// <summary>Reports that changed nothing: requests that were refused, ends told again or of conversions nobody knows.</summary>
    public int Unmatched { get; private set; }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(Booked);
        writer.Write(Unmatched);
        writer.Write(_open.Count);
        foreach (OpenConversion open in _open)
        {
            Write(ref writer, open.Id);
            ClientOrderId intent = open.Intent;
            writer.WriteRaw(in intent);
            writer.Write(open.Bot.Index);
            Write(ref writer, open.From);
            Write(ref writer, open.To);
            writer.Write(open.Expires);
            writer.Write(open.Approved);
        }

        writer.Write(_endOrder.Count);
        foreach (VenueTradeId id in _endOrder)
        {
            Write(ref writer, id);
            writer.Write(_ends[id]);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _open.Clear();
        _ends.Clear();
        _endOrder.Clear();
        Booked = reader.ReadInt32();
        Unmatched = reader.ReadInt32();
        int open = reader.ReadCount();
        for (int i = 0; i < open; i++)
        {
            VenueTradeId id = ReadId(ref reader);
            ClientOrderId intent = reader.ReadRaw<ClientOrderId>();
            BotId bot = new(reader.ReadInt32());
            Money from = ReadMoney(ref reader);
            Money to = ReadMoney(ref reader);
            _open.Add(new OpenConversion(id, intent, bot, from, to) { Expires = reader.ReadTimestamp(), Approved = reader.ReadTimestamp() });
        }

        int ends = reader.ReadCount();
        for (int i = 0; i < ends; i++)
        {
            Remember(ReadId(ref reader), reader.ReadBoolean());
        }
    }

    /// <summary>The open conversion with an id, or null.</summary>
    public OpenConversion? Find(VenueTradeId id) => _open.Find(open => open.Id == id);

    /// <summary>True when the id was asked for before, whatever came of it.</summary>
    internal bool Knows(VenueTradeId id) => _ends.ContainsKey(id) || Find(id) is not null;

    /// <summary>Counts a report that changes nothing.</summary>
    internal void Ignore() => Unmatched++;

    /// <summary>Holds back what a conversion costs, until its end.</summary>
    internal OpenConversion Register(in ConversionReport request)
    {
        OpenConversion open = new(request.Id, request.Intent, request.Bot, request.From, request.To) { Expires = request.Expires, Approved = request.Time };
        Post(open.Bot, LedgerAccount.Free, LedgerAccount.Locked, open.From);
        _open.Add(open);
        return open;
    }

    /// <summary>Ends a conversion: frees what was held back and, where it was done, books what the venue says has moved.</summary>
    /// <returns>True when the report said something new.</returns>
    internal bool End(in ConversionReport report)
    {
        bool isDone = report.Stage == ConversionStage.Done;
        OpenConversion? open = Find(report.Id);

        // A venue that first said no and then shows the transaction is believed: the money is gone.
        bool isNew = open is not null || (isDone && !(_ends.TryGetValue(report.Id, out bool wasDone) && wasDone));
        if (!isNew)
        {
            Unmatched++;
            return false;
        }

        if (open is not null)
        {
            Post(open.Bot, LedgerAccount.Locked, LedgerAccount.Free, open.From);
            _open.Remove(open);
        }

        if (isDone)
        {
            Book(in report, open?.Bot ?? report.Bot);
        }

        Remember(report.Id, isDone);
        return true;
    }

    private void Book(in ConversionReport report, BotId bot)
    {
        Post(bot, LedgerAccount.Free, LedgerAccount.Trading, report.From with { Amount = report.From.Amount - report.FeeFrom });
        Post(bot, LedgerAccount.Free, LedgerAccount.Fees, report.From with { Amount = report.FeeFrom });
        Post(bot, LedgerAccount.Trading, LedgerAccount.Free, report.To with { Amount = report.To.Amount + report.FeeTo });
        Post(bot, LedgerAccount.Free, LedgerAccount.Fees, report.To with { Amount = report.FeeTo });
        Booked++;
    }

    // Amounts have up to 18 decimals: a balance that would need more digits than there are must stop the engine, not be rounded.
    private void Post(BotId bot, LedgerAccount from, LedgerAccount to, Money amount)
    {
        if (amount.Amount == 0)
        {
            return;
        }

        int asset = _table.IndexOf(amount.Asset);
        bool isExact = ExactDecimal.TryAdd(_ledger.Balance(bot, from, asset), -amount.Amount, out _)
            && ExactDecimal.TryAdd(_ledger.Balance(bot, to, asset), amount.Amount, out _);
        Invariant.That(isExact, "a posting of a conversion keeps every digit");
        _ledger.Post(bot, from, to, asset, amount.Amount);
    }

    private void Remember(VenueTradeId id, bool isDone)
    {
        if (!_ends.TryAdd(id, isDone))
        {
            _ends[id] = isDone;
            return;
        }

        _endOrder.Enqueue(id);
        if (_endOrder.Count > RememberedEnds)
        {
            _ends.Remove(_endOrder.Dequeue());
        }
    }

    private static void Write(ref StateWriter writer, VenueTradeId id)
    {
        writer.Write(unchecked((long)id.High));
        writer.Write(unchecked((long)id.Low));
    }

    private static void Write(ref StateWriter writer, Money money)
    {
        writer.Write(money.Amount);
        writer.Write(money.Asset.Code);
    }

    private static VenueTradeId ReadId(ref StateReader reader)
    {
        ulong high = unchecked((ulong)reader.ReadInt64());
        return VenueTradeId.FromParts(high, unchecked((ulong)reader.ReadInt64()));
    }

    private static Money ReadMoney(ref StateReader reader)
    {
        decimal amount = reader.ReadDecimal();
        return new Money(amount, new Asset(reader.ReadString()));
    }
}
