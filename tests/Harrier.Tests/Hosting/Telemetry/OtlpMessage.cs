using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Harrier.Tests.Hosting.Telemetry;

/// <summary>A message of protocol buffers, taken apart by its wire format alone; which number is which field stands in the public definition of OTLP.</summary>
internal sealed class OtlpMessage
{
    private readonly List<(int Field, object Value)> _parts = [];

    public OtlpMessage(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            ulong key = Varint(ref bytes);
            object value;
            switch (key & 7)
            {
                case 0:
                    value = Varint(ref bytes);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                    bytes = bytes[8..];
                    break;
                case 2:
                    int length = (int)Varint(ref bytes);
                    value = bytes[..length].ToArray();
                    bytes = bytes[length..];
                    break;
                case 5:
                    value = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes);
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException(FormattableString.Invariant($"wire type {key & 7}"));
            }

            _parts.Add(((int)(key >> 3), value));
        }
    }

    /// <summary>The messages in a field.</summary>
    public IEnumerable<OtlpMessage> All(int field) => Bytes(field).Select(static bytes => new OtlpMessage(bytes));

    /// <summary>The messages reached by fields in fields.</summary>
    public IEnumerable<OtlpMessage> All(params int[] path) => path.Aggregate((IEnumerable<OtlpMessage>)[this], static (all, field) => all.SelectMany(one => one.All(field)));

    public string Text(int field) => Bytes(field).Select(Encoding.UTF8.GetString).SingleOrDefault() ?? "";

    public string Hex(int field) => Bytes(field).Select(Convert.ToHexStringLower).SingleOrDefault() ?? "";

    public ulong Number(int field) => _parts.Where(part => part.Field == field).Select(static part => (ulong)part.Value).SingleOrDefault();

    /// <summary>Names and values in a field of attributes.</summary>
    public Dictionary<string, string> Attributes(int field) => All(field).ToDictionary(static one => one.Text(1), static one => ValueOf(one.All(2).Single()), StringComparer.Ordinal);

    private static string ValueOf(OtlpMessage any) => any._parts.Single() switch
    {
        (1, byte[] text) => Encoding.UTF8.GetString(text),
        (4, ulong bits) => BitConverter.UInt64BitsToDouble(bits).ToString(CultureInfo.InvariantCulture),
        (_, ulong number) => number.ToString(CultureInfo.InvariantCulture),
        var other => throw new InvalidDataException(other.ToString()),
    };

    private IEnumerable<byte[]> Bytes(int field) => _parts.Where(part => part.Field == field).Select(static part => (byte[])part.Value);

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
