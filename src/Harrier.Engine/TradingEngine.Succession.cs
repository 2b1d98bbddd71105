using Harrier.Domain;
using Harrier.Engine.Portfolio;

namespace Harrier.Engine;

/// <content>How an engine goes on where another stood.</content>
public sealed partial class TradingEngine
{
    /// <summary>
    /// Goes on where another engine stands: time, market, books, orders and latches are its, whatever this one has seen before. Features that the other does not
    /// have, and strategies that begin anew, keep what they learned here: that is how they are warmed up. The same two engines give the same state.
    /// </summary>
    /// <param name="before">The engine before. Its bots and instruments are the first of this one's; the account is the same.</param>
    /// <param name="succession">What each bot takes over.</param>
    /// <exception cref="ArgumentException">The engines do not fit together.</exception>
    public void Succeed(TradingEngine before, Succession succession)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(succession);
        RequireSuccessor(before, succession);
        int[] clocks = _host.Features.Succeed(before._host.Features, succession.NewFeeds);
        _parts.Time.Succeed(before.Time, clocks, bot => bot.Index >= succession.Bots.Count || succession.Bots[bot.Index] != BotSuccession.Continues);
        _parts.Market.Succeed(before.Market);
        _parts.Portfolio.Succeed(before.Portfolio);
        _parts.Risk.Succeed(before.Risk, succession.NewFeeds);
        Succession.Copy(before.Orders, _parts.Orders);
        Succession.Copy(before.Conversions, _parts.Conversions);
        Succession.Copy(before._parts.Decisions, _parts.Decisions);
        Succession.Copy(before.Alerts, _parts.Alerts);
        _host.Succeed(before._host, succession.Bots);
    }

    /// <summary>Forgets the round trips in <see cref="AccountPortfolio.RoundTrips"/>, which otherwise grow as long as the engine lives. Nothing that is decided or saved depends on them.</summary>
    public void ForgetRoundTrips() => _parts.Risk.Account.ForgetTrips(Time.Now);

    private void RequireSuccessor(TradingEngine before, Succession succession)
    {
        bool fits = succession.Bots.Count == before.Options.Bots.Count
            && Options.Bots.Count >= before.Options.Bots.Count
            && Options.Instruments.Count >= before.Options.Instruments.Count
            && Options.Numeraire == before.Options.Numeraire
            && Options.Run == before.Options.Run
            && before.Options.Instruments.Zip(Options.Instruments).All(static pair => pair.First.Definition == pair.Second.Definition);
        if (!fits)
        {
            throw new ArgumentException("the bots and instruments of the engine before must be the first of its successor", nameof(before));
        }

        for (int i = 0; i < succession.Bots.Count; i++)
        {
            BotId bot = new(i);
            bool isBusy = before.Orders.Working.Any(order => order.Bot == bot) || before.Options.Instruments.Any(instrument => !before.Portfolio.Position(bot, instrument.Id).IsFlat);
            if (succession.Bots[i] == BotSuccession.Anew && isBusy)
            {
                throw new ArgumentException($"bot {i} has a position or orders, and cannot begin anew", nameof(succession));
            }
        }
    }
}
