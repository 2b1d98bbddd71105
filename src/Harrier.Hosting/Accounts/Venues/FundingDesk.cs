using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Trading;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>
/// Gives the bots their part of what the account paid and received in funding: each by what it held of the contract then. What a person holds on the same account pays for
/// itself.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="link">The way to its venue.</param>
/// <param name="tell">Told what a person should know.</param>
internal sealed class FundingDesk(VenueAccount account, VenueLink link, Action<Accounts.AccountEvent> tell)
{
    // How far a payment is noticed behind its time while the program runs.
    private static readonly TimeSpan Remember = TimeSpan.FromMinutes(10);

    private readonly LinkedList<(Timestamp Time, BotId Bot, InstrumentId Instrument, long Lots)> _before = new();

    /// <summary>Remembers what a bot held before a report about it is handled: a payment from before may come later.</summary>
    public void Note(in ExecutionReport report)
    {
        if (report.Kind is ExecutionKind.Filled or ExecutionKind.Liquidated or ExecutionKind.Adjusted)
        {
            Order? order = account.Engine.Orders.Find(report.Order);
            (BotId bot, InstrumentId instrument) = order is null ? (report.Bot, report.Instrument) : (order.Bot, order.Intent.Instrument);
            _before.AddLast((report.Time, bot, instrument, account.Engine.Portfolio.Position(bot, instrument).Size.Value));
        }
    }

    /// <summary>Books what was paid; what was booked before changes nothing.</summary>
    public void Pay(Timestamp now)
    {
        while (link.Inputs.TryRead(out FundingPayment? payment))
        {
            Pay(payment, now);
        }

        while (_before.First is { } first && first.Value.Time + Remember < now)
        {
            _before.RemoveFirst();
        }
    }

    private void Pay(FundingPayment payment, Timestamp now)
    {
        if (account.Plan.Instruments.FirstOrDefault(one => one.Symbol == payment.Symbol) is not { } instrument || instrument.Quote != payment.Amount.Asset || instrument.Kind == InstrumentKind.Spot)
        {
            return;
        }

        BotId[] bots = [.. Enumerable.Range(0, account.Plan.Settings.Bots.Count).Select(static bot => new BotId(bot))];
        decimal Quantity(long lots) => instrument.ToDecimal(new SizeLots(lots));
        PositionKey key = new(instrument.Symbol, PositionSide.Both);
        decimal others = link.Venue.Tracker.Record.Read(book => book.Holdings.Find(key)?.Net.Quantity ?? 0) - bots.Sum(bot => Quantity(account.Engine.Portfolio.Position(bot, instrument.Id).Size.Value));
        IReadOnlyList<decimal> shares = FundingShares.Of(payment.Amount.Amount, [.. bots.Select(bot => Quantity(HeldAt(bot, instrument.Id, payment.Time)))], others);
        List<string> parts = [];
        foreach (BotId bot in bots)
        {
            VenueTradeId id = VenueTradeId.Derive(FormattableString.Invariant($"funding {payment.Symbol} {payment.Id} {bot.Index}"));
            if (shares[bot.Index] is not 0 and decimal part && !account.Engine.Portfolio.Fundings.Knows(id))
            {
                account.TryHandle(Report(payment, instrument, (bot, id, part), now));
                parts.Add(FormattableString.Invariant($"{account.Plan.Settings.Bots[bot.Index].Name} {part:0.########}"));
            }
        }

        if (parts.Count > 0)
        {
            tell(new AccountNote(now, account.Plan.Settings.Name, FormattableString.Invariant($"funding of {payment.Symbol}: {payment.Amount.Amount:0.########} {payment.Amount.Asset}: {string.Join(", ", parts)}")));
        }
    }

    private ExecutionReport Report(FundingPayment payment, Instrument instrument, (BotId Bot, VenueTradeId Id, decimal Amount) part, Timestamp now)
    {
        Timestamp last = account.Engine.Time.Now;
        return new ExecutionReport
        {
            Kind = ExecutionKind.Funded,
            Order = default,
            Bot = part.Bot,
            Instrument = instrument.Id,
            TradeId = part.Id,
            Fee = -part.Amount,
            FeeAsset = payment.Amount.Asset,
            Time = payment.Time,
            ReceivedTime = now > last ? now : last,
        };
    }

    // What traded since then is taken back; a position that was opened later was not there.
    private long HeldAt(BotId bot, InstrumentId instrument, Timestamp time)
    {
        foreach ((Timestamp traded, BotId whose, InstrumentId of, long lots) in _before)
        {
            if (traded > time && whose == bot && of == instrument)
            {
                return lots;
            }
        }

        Engine.Portfolio.Position position = account.Engine.Portfolio.Position(bot, instrument);
        return position.EntryTime <= time ? position.Size.Value : 0;
    }
}
