using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;

namespace Harrier.Engine.Risk.Rules;

/// <summary>A position, or one that a working order is about to open.</summary>
/// <param name="Bot">Whose.</param>
/// <param name="Instrument">In what.</param>
/// <param name="Direction">1 long, -1 short.</param>
internal readonly record struct Exposure(BotId Bot, InstrumentId Instrument, int Direction);

/// <summary>What the account is in, or on its way into. A bot counts once per instrument: growing a position opens none.</summary>
internal sealed class Exposures(AccountPortfolio portfolio)
{
    private readonly List<Exposure> _found = [];

    /// <summary>All of them but that of one bot in one instrument; valid until the next call.</summary>
    public IReadOnlyList<Exposure> Besides(BotId bot, InstrumentId instrument, IReadOnlyList<Order> working)
    {
        _found.Clear();
        for (int owner = 0; owner < portfolio.Ledger.Bots; owner++)
        {
            foreach (InstrumentId one in portfolio.TradedBy(new BotId(owner)))
            {
                long held = portfolio.Position(new BotId(owner), one).Size.Value;
                if (held != 0 && (owner != bot.Index || one != instrument))
                {
                    _found.Add(new Exposure(new BotId(owner), one, Math.Sign(held)));
                }
            }
        }

        for (int i = 0; i < working.Count; i++)
        {
            Order order = working[i];
            ref readonly OrderIntent intent = ref order.Intent;
            bool isOwn = order.Bot == bot && intent.Instrument == instrument;
            if (!isOwn && !intent.ReduceOnly && !Contains(order.Bot, intent.Instrument))
            {
                _found.Add(new Exposure(order.Bot, intent.Instrument, intent.Side == OrderSide.Buy ? 1 : -1));
            }
        }

        return _found;
    }

    private bool Contains(BotId bot, InstrumentId instrument)
    {
        foreach (Exposure exposure in _found)
        {
            if (exposure.Bot == bot && exposure.Instrument == instrument)
            {
                return true;
            }
        }

        return false;
    }
}
