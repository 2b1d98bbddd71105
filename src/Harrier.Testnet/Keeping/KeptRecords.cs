using System.Buffers;
using System.Buffers.Binary;
using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Keeping;

/// <summary>What a record says.</summary>
internal enum KeptKind : byte
{
    /// <summary>The form of the file.</summary>
    Head = 0,

    /// <summary>Numbers and prices of an instrument.</summary>
    Market = 1,

    /// <summary>Wallet and positions of an account.</summary>
    Account = 2,

    /// <summary>An order as it stands.</summary>
    Order = 3,

    /// <summary>A fill.</summary>
    Fill = 4,
}

/// <summary>A record of a frame: what it says, of which exchange, and its bytes.</summary>
internal readonly record struct KeptRecord(KeptKind Kind, string Core, ReadOnlyMemory<byte> Content);

/// <summary>Puts records into a frame, and takes them out. Each says how a thing stands, not what changed about it: the last of a thing counts.</summary>
internal sealed class KeptRecords
{
    private const int HeadLength = 1 + sizeof(int);

    private readonly ArrayBufferWriter<byte> _frame = new(1024);
    private readonly ArrayBufferWriter<byte> _record = new(512);

    private delegate void Content(ref StateWriter writer);

    /// <summary>The frame so far.</summary>
    public ReadOnlySpan<byte> Frame => _frame.WrittenSpan;

    /// <summary>The records of a frame.</summary>
    /// <exception cref="EndOfStreamException">The frame is no such frame.</exception>
    public static IEnumerable<KeptRecord> Of(ReadOnlyMemory<byte> frame)
    {
        while (frame.Length > 0)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(frame.Span[1..]);
            ReadOnlyMemory<byte> content = frame.Slice(HeadLength, length);
            yield return new KeptRecord((KeptKind)frame.Span[0], CoreOf(ref content), content);
            frame = frame[(HeadLength + length)..];
        }
    }

    /// <summary>Begins another frame.</summary>
    public void Clear() => _frame.ResetWrittenCount();

    /// <summary>The form of the file.</summary>
    public void AddHead(int version) => Add(KeptKind.Head, "", (ref StateWriter writer) => writer.Write(version));

    /// <summary>Numbers and prices of an instrument, and the last number of an order.</summary>
    public void Add(string core, ListedInstrument instrument, long lastOrder) => Add(KeptKind.Market, core, (ref StateWriter writer) =>
    {
        writer.Write(instrument.Symbol);
        writer.Write(lastOrder);
        writer.Write(instrument.LastTradeId);
        writer.Write(instrument.LastPrice);
        writer.Write(instrument.MarkPrice);
        writer.Write(instrument.IndexPrice);
        writer.Write(instrument.TickSize);
        writer.Write((byte)instrument.Status);
    });

    /// <summary>Wallet and positions of an account.</summary>
    public void Add(string core, ExchangeAccount account) => Add(KeptKind.Account, core, (ref StateWriter writer) =>
    {
        writer.Write(account.Name);
        writer.Write(account.Permissions.CanTrade);
        writer.Write(account.Permissions.CanWithdraw);
        writer.Write(account.Permissions.IsIpRestricted);
        AssetBalance[] wallet = [.. account.Balances];
        writer.Write(wallet.Length);
        foreach (AssetBalance balance in wallet)
        {
            writer.Write(balance.Asset);
            writer.Write(balance.Free + balance.Locked);
        }

        ExchangePosition[] positions = [.. account.Touched()];
        writer.Write(positions.Length);
        foreach (ExchangePosition position in positions)
        {
            KeptPositions.Write(ref writer, position);
        }
    });

    /// <summary>An order as it stands.</summary>
    public void Add(string core, ExchangeOrder order) => Add(KeptKind.Order, core, (ref StateWriter writer) => KeptOrders.Write(ref writer, order));

    /// <summary>A fill.</summary>
    public void Add(string core, ExchangeFill fill) => Add(KeptKind.Fill, core, (ref StateWriter writer) => KeptOrders.Write(ref writer, fill));

    private void Add(KeptKind kind, string core, Content content)
    {
        _record.ResetWrittenCount();
        StateWriter writer = new(_record);
        writer.Write(core);
        content(ref writer);
        Span<byte> head = _frame.GetSpan(HeadLength);
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], _record.WrittenCount);
        _frame.Advance(HeadLength);
        _frame.Write(_record.WrittenSpan);
    }

    private static string CoreOf(ref ReadOnlyMemory<byte> content)
    {
        StateReader reader = new(content.Span);
        string core = reader.ReadString();
        content = content[^reader.Remaining..];
        return core;
    }
}
