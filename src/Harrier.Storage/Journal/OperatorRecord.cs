using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Storage.Journal;

/// <summary>An order of the operator as a journal holds it: with who gave it, and why.</summary>
public static class OperatorRecord
{
    /// <summary>Reads one.</summary>
    public static OperatorCommand Read(ref StateReader reader)
    {
        OperatorAction action = (OperatorAction)reader.ReadByte();
        BotId bot = new(reader.ReadInt32());
        OrderPurpose purpose = (OrderPurpose)reader.ReadByte();
        Timestamp time = reader.ReadTimestamp();
        string by = reader.ReadString();
        string reason = reader.ReadString();
        BotEdit? edit = reader.ReadBoolean() ? BotEdit.Read(ref reader) : null;
        string composition = reader.ReadString();

        // Only orders by hand have more: a record of schema 5 is one of schema 6 too.
        return new OperatorCommand(action, bot, purpose, time) { By = by, Reason = reason, Edit = edit, Composition = composition, Hand = reader.Remaining > 0 ? HandOrder.Read(ref reader) : null };
    }

    internal static void Write(ref StateWriter writer, in OperatorCommand command)
    {
        writer.Write((byte)command.Action);
        writer.Write(command.Bot.Index);
        writer.Write((byte)command.Purpose);
        writer.Write(command.Time);
        writer.Write(command.By ?? "");
        writer.Write(command.Reason ?? "");
        writer.Write(command.Edit is not null);
        if (command.Edit is { } edit)
        {
            edit.Write(ref writer);
        }

        writer.Write(command.Composition ?? "");
        command.Hand?.Write(ref writer);
    }
}
