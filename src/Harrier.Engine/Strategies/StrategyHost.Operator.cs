using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;

namespace Harrier.Engine.Strategies;

/// <content>What the operator orders of single bots. An order that does not fit what the bot does changes nothing: who asks has looked before.</content>
internal sealed partial class StrategyHost
{
    /// <summary>Carries out an order that concerns one bot.</summary>
    public void Obey(Bot bot, in OperatorCommand command)
    {
        switch (command.Action)
        {
            case OperatorAction.Flatten:
                Flatten(bot, command.Purpose);
                break;
            case OperatorAction.PauseBot when bot.Condition == BotCondition.Running:
                bot.Condition = BotCondition.Paused;
                bot.Reversal = SignalSide.Hold;
                CancelEntries(bot);
                break;
            case OperatorAction.ResumeBot when bot.Condition == BotCondition.Paused:
                bot.Condition = BotCondition.Running;
                break;
            case OperatorAction.StopBot when bot.Condition != BotCondition.Stopped:
                Silence(bot, BotCondition.Stopped);
                CancelEntries(bot);
                break;
            case OperatorAction.StartBot when !bot.IsRunning:
                Begin(bot);
                break;
            case OperatorAction.EditBot when command.Edit is { } edit:
                bot.Settings = edit;
                break;
            case OperatorAction.Trade when command.Hand is { } hand:
                Trade(bot, hand);
                break;
            default:
                break;
        }
    }

    // The strategy hears of fills as of its own; what protects a position is placed for it as for any other.
    private void Trade(Bot bot, HandOrder hand)
    {
        switch (hand.Kind)
        {
            case HandOrderKind.Close:
                Target(bot, bot.Primary, default, OrderPurpose.Operator);
                break;
            case HandOrderKind.Cancel when IsByHand(bot, hand.Order):
                Cancel(hand.Order);
                break;
            case HandOrderKind.Place:
                Submit(bot, new OrderIntent
                {
                    Instrument = bot.Primary.Id,
                    Side = hand.Side,
                    Type = hand.Limit is null ? OrderType.Market : OrderType.Limit,
                    Size = hand.Size,
                    Limit = hand.Limit ?? default,
                    ReduceOnly = hand.ReduceOnly,
                    Purpose = OrderPurpose.Operator,
                });
                break;
            default:
                break;
        }
    }

    private bool IsByHand(Bot bot, ClientOrderId order) =>
        parts.Orders.Find(order) is { } found && found.Bot == bot.Id && found.Intent.Purpose is OrderPurpose.Operator or OrderPurpose.Signal;

    /// <summary>Stops a bot: cancels everything, closes every position at the market. After a panic that goes on until it is flat.</summary>
    public void Flatten(Bot bot, OrderPurpose purpose)
    {
        Silence(bot, purpose == OrderPurpose.Panic ? BotCondition.Emergency : BotCondition.Stopped);
        CancelAll(bot, null);
        foreach (Instrument instrument in bot.Instruments)
        {
            Target(bot, instrument, default, purpose);
        }

        bot.RetryAt = Now + LeavePause;
    }

    private void Silence(Bot bot, BotCondition condition)
    {
        bool wasRunning = bot.IsRunning;
        bot.Condition = condition;
        _mustTend = true;
        bot.Reversal = SignalSide.Hold;
        if (wasRunning)
        {
            Hear(bot, static (Strategy strategy, in int _, in int _) => strategy.Stop(), 0, 0);
        }
    }

    private void Begin(Bot bot)
    {
        bot.Condition = BotCondition.Running;
        bot.Failures = 0;
        Renew(bot);
    }

    /// <summary>Goes on with what takes more than one input: leaving everything, and making a failed strategy anew.</summary>
    private void Tend()
    {
        if (!_mustTend)
        {
            return;
        }

        _mustTend = false;
        foreach (Bot bot in _bots)
        {
            MeasureNaked(bot);
            _mustTend |= bot.Condition is BotCondition.Emergency or BotCondition.Failed;
            if (bot.Condition == BotCondition.Emergency && Now >= bot.RetryAt)
            {
                GoOnLeaving(bot);
            }
            else if (bot.Condition == BotCondition.Failed && Now >= bot.RetryAt)
            {
                Restart(bot);
            }
        }
    }

    /// <summary>How long positions of a bot have lived without an accepted order that protects them.</summary>
    public TimeSpan NakedTimeOf(Bot bot) => bot.NakedTime + (bot.NakedSince is { } since ? Now - since : TimeSpan.Zero);

    private void MeasureNaked(Bot bot)
    {
        bool isNaked = false;
        for (int i = 0; i < bot.Instruments.Count && !isNaked; i++)
        {
            // After every move: an enumerator would be allocated.
            InstrumentId instrument = bot.Instruments[i].Id;
            isNaked = !Position(bot, instrument).IsFlat && !bot.Protection.IsProtected(instrument);
        }

        if (isNaked && bot.NakedSince is null)
        {
            bot.NakedSince = Now;
        }
        else if (!isNaked && bot.NakedSince is { } since)
        {
            bot.NakedTime += Now - since;
            bot.NakedSince = null;
        }
    }

    // An exit may be refused, end with a rest, or meet an entry that was on its way: none of it leaves the position to itself.
    private void GoOnLeaving(Bot bot)
    {
        foreach (Instrument instrument in bot.Instruments)
        {
            if (!Position(bot, instrument.Id).IsFlat && !IsExiting(bot, instrument.Id))
            {
                bot.RetryAt = Now + LeavePause;
                CancelAll(bot, null);
                Target(bot, instrument, default, OrderPurpose.Panic);
            }
        }
    }

    // Nothing grows while the strategy is not heard, and nothing of its own leaves once it is told to be silent.
    private bool IsBarred(Bot bot, in OrderIntent intent, out DenyRule rule)
    {
        rule = bot.Condition switch
        {
            BotCondition.Running => DenyRule.None,
            BotCondition.Paused => DenyRule.BotPaused,
            BotCondition.Failed => DenyRule.BotFailed,
            _ => DenyRule.BotStopped,
        };
        if (rule == DenyRule.None)
        {
            return false;
        }

        return rule == DenyRule.BotStopped && intent.Purpose == OrderPurpose.Signal || Grows(bot, in intent);
    }

    private bool Grows(Bot bot, in OrderIntent intent)
    {
        if (intent.ReduceOnly)
        {
            return false;
        }

        long held = Position(bot, intent.Instrument).Size.Value;
        bool reduces = held != 0 && held > 0 == (intent.Side == OrderSide.Sell) && intent.Size.Value <= Math.Abs(held);
        return !reduces;
    }

    private static void SaveCondition(Bot bot, ref StateWriter writer)
    {
        writer.Write((byte)bot.Condition);
        writer.Write((byte)bot.GoesOnAs);
        writer.Write(bot.Failures);
        writer.Write(bot.BegunAt);
        writer.Write(bot.RetryAt);
        writer.Write(bot.NakedTime.Ticks);
        writer.Write(bot.NakedSince is not null);
        writer.Write(bot.NakedSince ?? default);
        bot.Settings.Write(ref writer);
    }

    private static void RestoreCondition(Bot bot, ref StateReader reader)
    {
        bot.Condition = (BotCondition)reader.ReadByte();
        bot.GoesOnAs = (BotCondition)reader.ReadByte();
        bot.Failures = reader.ReadInt32();
        bot.BegunAt = reader.ReadTimestamp();
        bot.RetryAt = reader.ReadTimestamp();
        bot.NakedTime = new TimeSpan(reader.ReadInt64());
        bool isNaked = reader.ReadBoolean();
        Timestamp since = reader.ReadTimestamp();
        bot.NakedSince = isNaked ? since : null;
        bot.Settings = BotEdit.Read(ref reader);
    }
}
