using System.Globalization;
using System.Text;
using Harrier.Simulation.Randomness;

namespace Harrier.Exchanges.Tests.Support;

/// <summary>
/// Makes market messages as Binance writes them, and with some probability as it might one day: numbers of any length, other orders of keys,
/// keys that are new or come twice, blanks, escapes, exponents, bytes changed, the end cut off.
/// </summary>
internal sealed class MessageMaker(long seed, double oddity)
{
    private static readonly string[] Symbols = ["BTCUSDT", "A", "1000000MOGUSDTPERP", "FIFTEENLETTERSS", "SIXTEENLETTERSSS", "UNKNOWN"];
    private static readonly string[] Oddities = ["1e3", "-1", "+1", ".5", "5.", "1.2.3", "", "00012.50", "1 ", "0x1", "\\u0031", "99999999999999999999", "0.0000000000001", "NaN", "1,5"];

    private readonly RandomStream _random = new(seed);

    /// <summary>Instruments of the symbols above but the last, each with grids of its own.</summary>
    public static IReadOnlyList<Domain.Instrument> Instruments { get; } =
    [
        TestInstruments.Make(0, Symbols[0], 0.01m, 0.00000001m),
        TestInstruments.Make(1, Symbols[1], 0.00000001m, 1m),
        TestInstruments.Make(2, Symbols[2], 0.0001m, 0.1m),
        TestInstruments.Make(3, Symbols[3], 0.5m, 0.001m),
        TestInstruments.Make(4, Symbols[4], 0.000025m, 0.25m),
    ];

    public byte[] Next()
    {
        string symbol = Symbols[IsOdd() ? Pick(Symbols.Length) : Pick(2) * Pick(3)];
        (string stream, List<string> properties) = Pick(6) switch
        {
            0 => ("trade", Trade(symbol)),
            1 => ("aggTrade", AggregateTrade(symbol)),
            2 => ("bookTicker", Top(symbol)),
            _ => ("depth@100ms", Depth(symbol)),
        };
        Mix(properties);
        string message = "{" + string.Join(",", properties) + "}";
        if (Pick(2) == 0)
        {
            string name = IsOdd() ? "b\\u0074c" : symbol.ToLowerInvariant();
            message = $"{{\"stream\":\"{name}@{(IsOdd() ? "depth20" : stream)}\",\"data\":{message}}}";
        }

        return Damage(Encoding.UTF8.GetBytes(message));
    }

    private List<string> Trade(string symbol)
    {
        List<string> properties = ["\"e\":\"trade\"", $"\"E\":{Time()}", $"\"s\":\"{symbol}\"", $"\"t\":{Id()}", .. PriceAndSize("p", "q"), $"\"T\":{Time()}"];
        if (Pick(3) == 0)
        {
            properties.Add(IsOdd() ? "\"X\":\"INSURANCE_FUND\"" : "\"X\":\"MARKET\"");
        }

        properties.Add($"\"m\":{Flag()}");
        properties.Add($"\"M\":{Flag()}");
        return properties;
    }

    private List<string> AggregateTrade(string symbol)
    {
        List<string> properties = ["\"e\":\"aggTrade\"", $"\"E\":{Time()}", $"\"a\":{Id()}", $"\"s\":\"{symbol}\"", .. PriceAndSize("p", "q")];
        if (Pick(4) == 0)
        {
            properties.Add($"\"nq\":\"{Number()}\"");
        }

        return [.. properties, $"\"f\":{Id()}", $"\"l\":{Id()}", $"\"T\":{Time()}", $"\"m\":{Flag()}"];
    }

    private List<string> Top(string symbol)
    {
        List<string> properties = [$"\"u\":{Id()}", $"\"s\":\"{symbol}\"", .. PriceAndSize("b", "B"), .. PriceAndSize("a", "A")];
        return Pick(2) == 0 ? properties : ["\"e\":\"bookTicker\"", .. properties, $"\"T\":{Time()}", $"\"E\":{Time()}"];
    }

    private List<string> Depth(string symbol)
    {
        List<string> properties = ["\"e\":\"depthUpdate\"", $"\"E\":{Time()}"];
        if (Pick(2) == 0)
        {
            properties.Add($"\"T\":{Time()}");
        }

        properties.AddRange([$"\"s\":\"{symbol}\"", $"\"U\":{Id()}", $"\"u\":{Id()}"]);
        if (Pick(2) == 0)
        {
            properties.Add($"\"pu\":{Id()}");
        }

        return [.. properties, $"\"b\":[{Levels()}]", $"\"a\":[{Levels()}]"];
    }

    private string Levels()
    {
        string[] levels = new string[Pick(4) == 0 ? 0 : Pick(12)];
        bool isUniform = Pick(2) == 0;
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = isUniform && !IsOdd() ? $"[\"{10000 + Pick(80000)}.{Pick(100):D2}000000\",\"{Pick(10)}.{Pick(100_000_000):D8}\"]" : $"[\"{Number()}\",\"{Number()}\"]";
            levels[i] = IsOdd() ? levels[i].Replace("]", ",[]]", StringComparison.Ordinal) : levels[i];
        }

        return string.Join(IsOdd() ? ", " : ",", levels);
    }

    private string[] PriceAndSize(string price, string size) => [$"\"{price}\":\"{Number()}\"", $"\"{size}\":\"{Number()}\""];

    private string Number()
    {
        if (IsOdd())
        {
            return Oddities[Pick(Oddities.Length)];
        }

        // Mostly on every grid: whole halves, with zeros to write them longer.
        string whole = Pick(Pick(2) == 0 ? 100_000 : int.MaxValue).ToString(CultureInfo.InvariantCulture);
        string decimals = (Pick(3) > 0 ? "5" : Pick(100_000_000).ToString("D8", CultureInfo.InvariantCulture)).PadRight(1 + Pick(9), '0');
        return Pick(8) == 0 ? whole : whole + "." + decimals;
    }

    private string Time() => Pick(5) == 0 ? (1_700_000_000_000_000 + Pick(int.MaxValue)).ToString(CultureInfo.InvariantCulture)
        : IsOdd() ? Oddities[Pick(3)] : (1_700_000_000_000 + Pick(int.MaxValue)).ToString(CultureInfo.InvariantCulture);

    private string Id()
    {
        string id = (_random.NextUInt64() >> (1 + Pick(60))).ToString(CultureInfo.InvariantCulture);
        return IsOdd() ? "0" + id : id;
    }

    private string Flag() => IsOdd() ? "null" : Pick(2) == 0 ? "true" : "false";

    private void Mix(List<string> properties)
    {
        if (IsOdd())
        {
            int from = Pick(properties.Count);
            string moved = properties[from];
            properties.RemoveAt(from);
            properties.Insert(Pick(properties.Count + 1), moved);
        }

        if (IsOdd())
        {
            string[] more = [properties[Pick(properties.Count)], "\"z\":{\"a\":[1,\"x\"]}", "\"zz\":1", "\"q\":\"1\"", "\"\\u0070\":\"7\""];
            properties.Insert(Pick(properties.Count + 1), more[Pick(more.Length)]);
        }

        if (IsOdd())
        {
            int blank = Pick(properties.Count);
            properties[blank] = properties[blank].Replace(":", " :", StringComparison.Ordinal);
        }
    }

    private byte[] Damage(byte[] message)
    {
        while (IsOdd())
        {
            message[Pick(message.Length)] = (byte)(Pick(2) == 0 ? "0123456789.,:\"[]{}eE- \\"[Pick(23)] : Pick(256));
        }

        return IsOdd() ? message[..Pick(message.Length)] : message;
    }

    private bool IsOdd() => _random.NextDouble() < oddity;

    private int Pick(int count) => _random.NextInt32(count);
}
