using System.Buffers;
using Harrier.Domain;
using Harrier.Engine.Market;
using Harrier.Simulation;

namespace Harrier.Hosting.Accounts;

/// <summary>What the engine and the simulated venue of a paper account keep, each for itself.</summary>
internal static class PaperBooks
{
    /// <summary>The whole state of both; the same state gives the same bytes.</summary>
    public static byte[] Save(TradingAccount account, ISimulatedVenue venue)
    {
        byte[] engine = account.Engine.Save();
        ArrayBufferWriter<byte> buffer = new(engine.Length + 4096);
        StateWriter writer = new(buffer);
        writer.Write(engine.Length);
        buffer.Write(engine);
        venue.Save(ref writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Continues both from a saved state.</summary>
    /// <exception cref="InvalidDataException">The state is of another version, of other settings, or damaged.</exception>
    public static void Restore(TradingAccount account, ISimulatedVenue venue, ReadOnlySpan<byte> state)
    {
        StateReader reader = new(state);
        int length = reader.ReadInt32();
        account.Engine.Restore(state.Slice(sizeof(int), length));
        reader = new StateReader(state[(sizeof(int) + length)..]);
        venue.Restore(ref reader, account.Engine.Orders);
        if (reader.Remaining != 0)
        {
            throw new InvalidDataException($"{reader.Remaining} bytes of saved state are left over: it belongs to other settings");
        }
    }

    /// <summary>Where their books say different things.</summary>
    /// <returns>One line for each difference; none when all is well.</returns>
    public static IReadOnlyList<string> Differences(TradingAccount account, ISimulatedVenue venue)
    {
        List<string> found = [];
        AccountPlan plan = account.Plan;
        ReadOnlySpan<Asset> assets = new InstrumentTable(plan.Instruments).Assets;
        for (int i = 0; i < plan.Settings.Bots.Count; i++)
        {
            BotId bot = new(i);
            string name = plan.Settings.Bots[i].Name;
            foreach (Instrument instrument in plan.Instruments)
            {
                SizeLots ours = account.Engine.Portfolio.Position(bot, instrument.Id).Size;
                SizeLots theirs = venue.Position(bot, instrument.Id);
                if (ours != theirs && instrument.Kind == InstrumentKind.LinearPerpetual)
                {
                    found.Add($"bot {name}: {instrument.Symbol}: the engine holds {ours} lots, the venue {theirs}");
                }
            }

            for (int asset = 0; asset < assets.Length; asset++)
            {
                decimal ours = account.Engine.Portfolio.Ledger.Owned(bot, asset);
                decimal theirs = venue.Balance(bot, assets[asset]);
                if (ours != theirs)
                {
                    found.Add($"bot {name}: {assets[asset]}: the engine owns {ours}, the venue has {theirs}");
                }
            }
        }

        return found;
    }
}
