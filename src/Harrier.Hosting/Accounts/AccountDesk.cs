using System.Text.Json.Nodes;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Accounts;

/// <summary>
/// Carries out what the operator orders of an account, on the account's task: looks whether the bot's life allows it, and makes an input of the engine of
/// it, so that it is journaled with who ordered it and why, and comes out again when the session is replayed.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="board">The lives of its bots.</param>
public sealed class AccountDesk(TradingAccount account, BotBoard board)
{
    /// <summary>Carries out an order.</summary>
    /// <param name="command">The order.</param>
    /// <param name="now">When; not before the account's last input.</param>
    /// <exception cref="IOException">It could not be journaled: the account cannot go on.</exception>
    public CommandAnswer Carry(AccountCommand command, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Bot is null)
        {
            return OfAccount(command, now);
        }

        IReadOnlyList<BotSettings> bots = account.Plan.Settings.Bots;
        for (int i = 0; i < bots.Count; i++)
        {
            if (bots[i].Name == command.Bot && !bots[i].IsRemoved)
            {
                return OfBot(command, new BotId(i), now);
            }
        }

        return Refused($"account {account.Plan.Settings.Name} has no bot {command.Bot}; it has {string.Join(", ", account.Plan.Settings.ActiveBots.Select(static bot => bot.Name))}");
    }

    private CommandAnswer OfAccount(AccountCommand command, Timestamp now)
    {
        RiskGate risk = account.Engine.Risk;
        switch (command.Order)
        {
            case AccountOrder.Panic:
                for (int i = 0; i < account.Plan.Settings.Bots.Count; i++)
                {
                    if (!account.Plan.Settings.Bots[i].IsRemoved)
                    {
                        Panic(command, new BotId(i), now);
                    }
                }

                return Done("all bots cancel their orders and leave their positions");
            case AccountOrder.Halt:
                return risk.IsHalted ? Refused("the account is halted already") : Order(command, OperatorAction.Halt, default, now, "halted: nothing is opened until risk resume");
            case AccountOrder.Unhalt:
                return risk.IsHalted ? Order(command, OperatorAction.Resume, default, now, "the halt has ended") : Refused("the account is not halted by the operator");
            case AccountOrder.ResetDrawdown:
                return Reset(command, DenyRule.MaxDrawdown, OperatorAction.ResetDrawdown, now);
            case AccountOrder.ResetKillSwitch:
                return Reset(command, DenyRule.KillSwitch, OperatorAction.ResetKillSwitch, now);
            default:
                return Refused($"{Word(command.Order)} needs the name of a bot");
        }
    }

    private CommandAnswer Reset(AccountCommand command, DenyRule rule, OperatorAction action, Timestamp now)
    {
        LimitReading? standing = account.Engine.Risk.Standing.FirstOrDefault(one => one.Rule == rule);
        return standing is not { State: LimitState.Reached }
            ? Refused($"{RiskWords.Of(rule)} is not reached: there is nothing to reset")
            : Order(command, action, default, now, $"{RiskWords.Of(rule)} is counted anew from an equity of {FormattableString.Invariant($"{account.Engine.Risk.Equity:0.00}")}");
    }

    private CommandAnswer OfBot(AccountCommand command, BotId bot, Timestamp now) => command.Order switch
    {
        AccountOrder.Panic => Panic(command, bot, now),
        AccountOrder.Edit => Edit(command, bot, now),
        AccountOrder.Trade => Trade(command, bot, now),
        AccountOrder.Pause => Go(command, bot, OperatorAction.PauseBot, now, [BotState.Paused]),
        AccountOrder.Stop => Go(command, bot, OperatorAction.StopBot, now, [BotState.Stopped]),
        AccountOrder.Resume => board.StateOf(bot) == BotState.Paused
            ? Go(command, bot, OperatorAction.ResumeBot, now, [board.Busy(bot)])
            : Refused($"bot {command.Bot} is {BotLifecycle.Word(board.StateOf(bot))}, not paused"),
        AccountOrder.Start => board.StateOf(bot) switch
        {
            BotState.Stopped or BotState.Idle => Go(command, bot, OperatorAction.StartBot, now, [BotState.Initializing, BotState.Scanning]),
            BotState.Error => Go(command, bot, OperatorAction.StartBot, now, [board.Busy(bot)]),
            var other => Refused($"bot {command.Bot} is {BotLifecycle.Word(other)}: only one that is stopped, idle or in error can be started"),
        },
        _ => Refused($"{Word(command.Order)} concerns the account as a whole, not a bot"),
    };

    // Whatever its life says: out of everything.
    private CommandAnswer Panic(AccountCommand command, BotId bot, Timestamp now)
    {
        if (board.StateOf(bot) is BotState.Stopped or BotState.Idle)
        {
            board.TryGo(bot, BotState.Initializing, now, ReasonOf(command), out _);
        }

        board.TryGo(bot, BotState.Emergency, now, ReasonOf(command), out _);
        return Order(command, OperatorAction.Flatten, bot, now, $"bot {account.Plan.Settings.Bots[bot.Index].Name} cancels its orders and leaves its positions");
    }

    private CommandAnswer Edit(AccountCommand command, BotId bot, Timestamp now)
    {
        try
        {
            JsonObject changes = [];
            foreach ((string key, string value) in command.Changes)
            {
                changes[key] = value;
            }

            BotEdit edit = BotEditText.Read(changes, account.Engine.SettingsOf(bot));
            account.Handle(Make(command, OperatorAction.EditBot, bot, now) with { Edit = edit });
            return Done($"bot {command.Bot} has {string.Join(", ", BotEditText.Of(edit).Select(static pair => $"{pair.Key} {pair.Value}"))} from its next position on");
        }
        catch (ConfigurationException wrong)
        {
            return Refused(string.Join('\n', wrong.Faults));
        }
    }

    // The gate answers while the input is handled: what it says of this order is what is told.
    private CommandAnswer Trade(AccountCommand command, BotId bot, Timestamp now)
    {
        Instrument instrument = account.Plan.InstrumentOf(account.Plan.Settings.Bots[bot.Index].Symbol);
        (HandOrder? hand, IReadOnlyList<string> faults) = HandOrderText.Read(command.Changes, instrument);
        if (hand is null)
        {
            return Refused(string.Join('\n', faults)) with { IsMalformed = true };
        }

        int sent = account.Engine.Orders.Submitted;
        bool isWorking = account.Engine.Orders.Find(hand.Order) is { IsCancelAsked: false };
        DenyReason? denied = null;
        void Hear(BotId who, in OrderIntent intent, in DenyReason reason, Timestamp time) => denied ??= intent.Purpose == OrderPurpose.Operator ? reason : null;
        account.Denied += Hear;
        try
        {
            account.Handle(Make(command, OperatorAction.Trade, bot, now) with { Hand = hand });
        }
        finally
        {
            account.Denied -= Hear;
        }

        string words = HandOrderText.Of(hand, instrument, command.Bot!);
        if (hand.Kind == HandOrderKind.Cancel)
        {
            return isWorking && account.Engine.Orders.Find(hand.Order) is not { IsCancelAsked: false } ? Done(words) : Refused($"bot {command.Bot} has no order {hand.Order} that works and that a person or a signal placed");
        }

        return denied is { } reason ? Refused(RiskWords.Of(in reason))
            : account.Engine.Orders.Submitted > sent ? Done(words) with { Order = new ClientOrderId(account.Engine.Orders.NextId.Run, sent + 1).ToString() }
            : Refused($"bot {command.Bot} holds nothing to close");
    }

    private CommandAnswer Go(AccountCommand command, BotId bot, OperatorAction action, Timestamp now, IReadOnlyList<BotState> steps)
    {
        foreach (BotState step in steps)
        {
            if (!board.TryGo(bot, step, now, ReasonOf(command), out string? refusal))
            {
                return Refused($"{command.Bot}: {refusal}");
            }
        }

        CommandAnswer answer = Order(command, action, bot, now, "");
        board.Watch(now);
        return answer with { Text = $"bot {command.Bot} is {BotLifecycle.Word(board.StateOf(bot))}" };
    }

    private CommandAnswer Order(AccountCommand command, OperatorAction action, BotId bot, Timestamp now, string text)
    {
        account.Handle(Make(command, action, bot, now));
        return Done(text);
    }

    private static OperatorCommand Make(AccountCommand command, OperatorAction action, BotId bot, Timestamp now) =>
        new(action, bot, OrderPurpose.Panic, now) { By = command.By, Reason = command.Reason };

    private static string ReasonOf(AccountCommand command) => command.Reason.Length > 0 ? $"{command.Reason} ({command.By})" : $"ordered by {command.By}";

    private static string Word(AccountOrder order) => order.ToString().ToLowerInvariant();

    private static CommandAnswer Done(string text) => new(true, text);

    private static CommandAnswer Refused(string text) => new(false, text);
}
