using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;
using Harrier.Hosting.Accounts;
using Harrier.Storage.Journal;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Cli.Soaking;

/// <summary>Compares what the home of a run knows with what is true at the exchange. The home is read from its files: what the next process would know.</summary>
/// <param name="home">The accounts of the home.</param>
/// <param name="before">What was true before the first start.</param>
internal sealed class SoakCheck(HomeReader home, ExchangeTruth before)
{
    // Venues round average prices and realized profit of contracts.
    private const decimal Rounding = 0.0001m;
    private const decimal Exact = 0.00000001m;

    /// <summary>Orders, positions and balances of the engine against the exchange.</summary>
    /// <param name="truth">The exchange.</param>
    /// <param name="mayDoubt">True when an order that the exchange does not have may be one of unknown outcome, or wait for one: the proof that it never arrived takes longer than a life.</param>
    public IReadOnlyList<string> Engine(ExchangeTruth truth, bool mayDoubt)
    {
        List<string> found = [];
        home.Walk(SoakConfiguration.Account, home.Sessions(SoakConfiguration.Account)[^1], account => new SessionVisit(null, () =>
        {
            Orders(account, (truth, mayDoubt), found);
            Positions(account, truth, found);
            Balances(account, truth, found);
        }));
        return found;
    }

    /// <summary>No order was taken that was not decided once, and none twice.</summary>
    public IReadOnlyList<string> Intents(ExchangeTruth truth)
    {
        HashSet<string> decided = new(StringComparer.Ordinal);
        List<string> found = [];
        foreach (string session in home.Sessions(SoakConfiguration.Account))
        {
            home.Read(SoakConfiguration.Account, session, (_, records) =>
            {
                foreach (JournalRecord record in records.Where(static record => record.Type == JournalRecordType.Submitted))
                {
                    string id = new StateReader(record.Payload.Span).ReadRaw<ClientOrderId>().ToString();
                    if (!decided.Add(id))
                    {
                        found.Add($"intents: {id} was decided twice");
                    }
                }
            });
        }

        // A stop that was triggered is an order of its own beside the one that it made.
        found.AddRange(truth.Orders.GroupBy(static order => (order.ClientId, order.IsConditional)).Where(static group => group.Count() > 1).Select(static group => $"orders: the exchange took {group.Key.ClientId} {group.Count()} times"));
        found.AddRange(truth.Orders.Where(order => !decided.Contains(order.ClientId)).Select(static order => $"orders: nobody decided {order.ClientId}"));
        return found;
    }

    /// <summary>The records have every execution of the exchange once, and every position that ended.</summary>
    public IReadOnlyList<string> Records(RecordStore store, ExchangeTruth truth)
    {
        List<string> found = [];
        TrueFill[] recorded = [.. store.Fills(new RecordFilter()).Select(static row => new TrueFill(row.Symbol, row.Side, row.Price, row.Quantity, row.Fee))];
        Compare("records of fills", Counted(recorded), Counted(truth.Fills), found);
        int ended = 0;
        foreach (string session in home.Sessions(SoakConfiguration.Account))
        {
            home.Walk(SoakConfiguration.Account, session, account => new SessionVisit(null, () => ended += account.Engine.Portfolio.RoundTrips.Count));
        }

        IReadOnlyList<TradeRow> trades = store.Trades(new RecordFilter());
        if (trades.Count != ended)
        {
            found.Add(FormattableString.Invariant($"records of trades: {trades.Count}, the journals have {ended}"));
        }

        return found;
    }

    private static IEnumerable<string> Counted(IEnumerable<TrueFill> fills) => fills
        .GroupBy(static fill => FormattableString.Invariant($"{fill.Side} {fill.Quantity:0.########} {fill.Symbol} at {fill.Price:0.########} fee {fill.Fee:0.########}"), StringComparer.Ordinal)
        .Select(static group => group.Count() == 1 ? group.Key : FormattableString.Invariant($"{group.Key}, {group.Count()} times"));

    private static void Orders(TradingAccount account, (ExchangeTruth Truth, bool MayDoubt) expected, List<string> found)
    {
        TrueOrder[] open = [.. expected.Truth.Orders.Where(static order => order.IsOpen)];
        bool IsExcused(Order order) => expected.MayDoubt && (order.State == OrderState.Submitted || OrderStates.IsDoubtful(order.State)) && !Array.Exists(open, one => one.ClientId == order.Id.ToString());
        Compare(
            "orders",
            account.Engine.Orders.Working.Where(order => !IsExcused(order)).Select(order => Text(order, account.Plan.Instruments[order.Intent.Instrument.Index])),
            open.Select(static order => FormattableString.Invariant($"{order.ClientId} {order.Left:0.########}")),
            found);
    }

    private static string Text(Order order, Instrument instrument) => FormattableString.Invariant($"{order.Id} {instrument.ToDecimal(order.Remaining):0.########}{(order.State is OrderState.Accepted or OrderState.PartiallyFilled ? "" : " " + order.State)}");

    private static void Positions(TradingAccount account, ExchangeTruth truth, List<string> found)
    {
        foreach (Instrument instrument in account.Plan.Instruments.Where(static one => one.Kind != InstrumentKind.Spot))
        {
            decimal ours = Bots(account).Sum(bot => instrument.ToDecimal(account.Engine.Portfolio.Position(bot, instrument.Id).Size));
            decimal theirs = truth.Positions.GetValueOrDefault(instrument.Symbol).Quantity;
            if (ours != theirs)
            {
                found.Add(FormattableString.Invariant($"position: {instrument.Symbol} ours {ours:0.########}, the exchange's {theirs:0.########}"));
            }
        }
    }

    // What the bots won and lost of an asset is what the account did. Where bots net out, the venue has realized what they have not: cost is counted on both sides.
    private void Balances(TradingAccount account, ExchangeTruth truth, List<string> found)
    {
        InstrumentTable table = new(account.Plan.Instruments);
        bool isSpot = account.Plan.Instruments[0].Kind == InstrumentKind.Spot;
        for (int asset = 0; asset < table.Assets.Length; asset++)
        {
            string code = table.Assets[asset].Code;
            decimal begun = table.Assets[asset] == account.Plan.Numeraire ? account.Plan.Settings.Bots.Sum(static bot => bot.Balance) : 0;
            decimal ours = Bots(account).Sum(bot => account.Engine.Portfolio.Ledger.Owned(bot, asset)) - begun;
            decimal theirs = truth.Balances.GetValueOrDefault(code) - before.Balances.GetValueOrDefault(code);
            foreach (Instrument instrument in account.Plan.Instruments.Where(one => one.Kind != InstrumentKind.Spot && table.QuoteAsset(one.Id) == asset))
            {
                ours -= Bots(account).Sum(bot => account.Engine.Portfolio.Position(bot, instrument.Id).Basis);
                theirs -= truth.Positions.GetValueOrDefault(instrument.Symbol).Cost;
            }

            if (Math.Abs(ours - theirs) > (isSpot ? Exact : Rounding))
            {
                found.Add(FormattableString.Invariant($"balance: {code} changed by {ours:0.##########} with us, by {theirs:0.##########} at the exchange"));
            }
        }
    }

    private static IEnumerable<BotId> Bots(TradingAccount account) => Enumerable.Range(0, account.Plan.Settings.Bots.Count).Select(static bot => new BotId(bot));

    private static void Compare(string what, IEnumerable<string> ours, IEnumerable<string> theirs, List<string> found)
    {
        string[] left = [.. ours];
        string[] right = [.. theirs];
        string[] onlyOurs = [.. left.Except(right, StringComparer.Ordinal)];
        string[] onlyTheirs = [.. right.Except(left, StringComparer.Ordinal)];
        if (onlyOurs.Length + onlyTheirs.Length > 0)
        {
            found.Add($"{what}: only ours [{string.Join("; ", onlyOurs)}], only the exchange's [{string.Join("; ", onlyTheirs)}]");
        }
    }
}
