using System.Globalization;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Explaining;

/// <summary>
/// Explains any moment of the past of a home: the session of that time is replayed up to it, and the engine's own gates are asked about a purchase and a sale there.
/// What is shown is therefore what was in force, not what a log chose to keep.
/// </summary>
/// <param name="home">The accounts.</param>
public sealed class MomentReader(HomeReader home)
{
    /// <summary>Explains a moment.</summary>
    /// <param name="symbol">What was traded.</param>
    /// <param name="time">The moment.</param>
    /// <param name="only">One account; null for all.</param>
    /// <returns>The bots that trade the symbol; none where none does, or nothing is recorded of that time.</returns>
    /// <exception cref="AccountStateException">What is stored cannot be read by this program.</exception>
    public IReadOnlyList<BotMoment> Read(string symbol, Timestamp time, string? only)
    {
        List<BotMoment> found = [];
        foreach (string account in home.Accounts.Where(account => only is null || account == only))
        {
            foreach (string session in home.Sessions(account).Reverse())
            {
                bool isThere = false;
                home.Open(account, session, opened =>
                {
                    isThere = opened.Engine.Time.Now <= time;
                    if (isThere)
                    {
                        found.AddRange(Explain(opened, session, symbol, time));
                    }
                });
                if (isThere)
                {
                    break;
                }
            }
        }

        return found;
    }

    private static List<BotMoment> Explain(TradingAccount account, string session, string symbol, Timestamp time)
    {
        Witness witness = new(account);
        SessionReplay.RunUntil(session, account, time);
        List<BotMoment> found = [];
        for (int i = 0; i < account.Plan.Settings.Bots.Count; i++)
        {
            BotSettings bot = account.Plan.Settings.Bots[i];
            if (bot.Symbol == symbol)
            {
                found.Add(Explain(account, new BotId(i), witness));
            }
        }

        return found;
    }

    private static BotMoment Explain(TradingAccount account, BotId bot, Witness witness)
    {
        TradingEngine engine = account.Engine;
        BotSettings settings = account.Plan.Settings.Bots[bot.Index];
        Instrument instrument = account.Plan.InstrumentOf(settings.Symbol);
        return new BotMoment
        {
            Account = account.Plan.Settings.Name,
            Bot = settings.Name,
            Time = engine.Time.Now,
            Condition = engine.ConditionOf(bot),
            State = engine.Risk.State,
            Position = instrument.ToDecimal(engine.Portfolio.Position(bot, instrument.Id).Size),
            Signal = witness.Signals.GetValueOrDefault(bot.Index),
            Refusal = witness.Refusals.GetValueOrDefault(bot.Index),
            Entries = [Ask(engine, bot, instrument, OrderSide.Buy), Ask(engine, bot, instrument, OrderSide.Sell)],
        };
    }

    private static PossibleEntry Ask(TradingEngine engine, BotId bot, Instrument instrument, OrderSide side)
    {
        OrderIntent entry = engine.EntryOf(bot, side);
        IReadOnlyList<LimitReading> standing = engine.Risk.Standing;
        return new PossibleEntry(side, instrument.ToDecimal(entry.Size), [.. engine.Risk.Explain(bot, in entry, engine.Orders.Working)
            .Select(gate => new GateAnswer(gate, standing.FirstOrDefault(one => one.Rule == gate.Rule)))]);
    }

    /// <summary>Remembers the latest signal and the latest refusal of each bot.</summary>
    private sealed class Witness : ISignalObserver
    {
        public Witness(TradingAccount account)
        {
            account.Engine.SignalObserver = this;
            account.Denied = (BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time) => Refusals[bot.Index] = new SaidRefusal(time, intent.Side, reason);
        }

        public Dictionary<int, SaidSignal> Signals { get; } = [];

        public Dictionary<int, SaidRefusal> Refusals { get; } = [];

        public void OnSignal(BotId bot, Timestamp time, in Signal signal, SignalMeta meta) => Signals[bot.Index] = new SaidSignal(time, signal.Side, signal.Confidence, TextsOf(meta));

        private static List<KeyValuePair<string, string>> TextsOf(SignalMeta meta)
        {
            List<KeyValuePair<string, string>> texts = [];
            foreach ((string name, object? value) in meta.Values)
            {
                texts.Add(new(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null"));
            }

            return texts;
        }
    }
}
