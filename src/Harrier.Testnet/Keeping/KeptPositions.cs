using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Keeping;

/// <summary>Positions as records.</summary>
internal static class KeptPositions
{
    public static void Write(ref StateWriter writer, ExchangePosition position)
    {
        writer.Write(position.Instrument.Symbol);
        writer.Write(position.Quantity);
        writer.Write(position.EntryValue);
        writer.Write(position.RealizedPnl);
        writer.Write(position.Leverage);
        writer.Write(position.Isolated);
        writer.Write(position.IsolatedMargin);
        writer.Write(position.HasSettings);
        writer.Write(position.Updated);
    }

    public static void Read(ref StateReader reader, ExchangeCore core, ExchangeAccount account)
    {
        string symbol = reader.ReadString();
        ListedInstrument instrument = core.Find(symbol) ?? throw new InvalidDataException($"a position in {symbol}, which the exchange does not list any more");
        ExchangePosition position = account.Position(instrument);
        position.Quantity = reader.ReadDecimal();
        position.EntryValue = reader.ReadDecimal();
        position.RealizedPnl = reader.ReadDecimal();
        position.Leverage = reader.ReadInt32();
        position.Isolated = reader.ReadBoolean();
        position.IsolatedMargin = reader.ReadDecimal();
        position.HasSettings = reader.ReadBoolean();
        position.Updated = reader.ReadTimestamp();
    }
}
