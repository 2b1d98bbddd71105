using System.Buffers;
using Harrier.Domain;

namespace Harrier.Engine.Strategies;

/// <content>How the bots of an engine go on where those of another stood.</content>
internal sealed partial class StrategyHost
{
    /// <summary>Takes over the bots of the engine before; those beyond them keep what they have.</summary>
    public void Succeed(StrategyHost before, IReadOnlyList<BotSuccession> bots)
    {
        Succession.Copy(before.Denied, Denied);
        for (int i = 0; i < bots.Count; i++)
        {
            Succeed(before._bots[i], _bots[i], bots[i]);
        }
    }

    private void Succeed(Bot from, Bot to, BotSuccession succession)
    {
        // Size and exit rules are those that the successor was made with: whoever made it knew of the edits.
        BotEdit settings = to.Settings;
        Copy(from, to, SaveCondition, RestoreCondition);
        to.Settings = settings;
        to.FaultText = from.FaultText;
        if (succession != BotSuccession.Anew)
        {
            to.Reversal = from.Reversal;
            Copy(from, to, static (Bot bot, ref StateWriter writer) => bot.Protection.Save(ref writer), static (Bot bot, ref StateReader reader) => bot.Protection.Restore(ref reader));
            Copy(from, to, static (Bot bot, ref StateWriter writer) => bot.Keeper.Save(ref writer), static (Bot bot, ref StateReader reader) => bot.Keeper.Restore(ref reader));
        }

        if (succession == BotSuccession.Continues)
        {
            Copy(from, to, static (Bot bot, ref StateWriter writer) => bot.Strategy.Save(ref writer), static (Bot bot, ref StateReader reader) => bot.Strategy.Restore(ref reader));
            return;
        }

        to.Failures = 0;
        to.BegunAt = Now;
        if (to.Condition == BotCondition.Failed)
        {
            (to.Condition, to.FaultText) = (to.GoesOnAs, null);
        }
    }

    private delegate void Writing(Bot bot, ref StateWriter writer);

    private delegate void Reading(Bot bot, ref StateReader reader);

    private static void Copy(Bot from, Bot to, Writing save, Reading restore)
    {
        ArrayBufferWriter<byte> buffer = new(256);
        StateWriter writer = new(buffer);
        save(from, ref writer);
        StateReader reader = new(buffer.WrittenSpan);
        restore(to, ref reader);
    }
}
