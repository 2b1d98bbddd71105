using System.Globalization;
using System.Text;

namespace Harrier.Tests.Cli.Backtests;

/// <summary>A capture of a contract in a venue's own words, message by message; times are milliseconds after <see cref="Start"/>.</summary>
internal sealed class CapturedMarket
{
    private readonly StringBuilder _text = new();
    private readonly string _symbol;
    private int _update;
    private int _trade;

    public CapturedMarket(string symbol = "BTCUSDT") => _symbol = symbol;

    /// <summary>Unix milliseconds; a whole second, and 13:20 hours after midnight UTC.</summary>
    public const long Start = 1_700_054_400_000;

    public override string ToString() => _text.ToString();

    /// <summary>A whole book: levels as <c>price x size</c>, bids and asks apart by a bar.</summary>
    public CapturedMarket Snapshot(int at, string levels, int? received = null) => Book(at, received, "snapshot", levels);

    /// <summary>Changed levels.</summary>
    public CapturedMarket Change(int at, string levels, int? received = null) => Book(at, received, "delta", levels);

    /// <summary>A taker's trade.</summary>
    public CapturedMarket Trade(int at, string side, string price, string size, int? received = null)
    {
        string id = (++_trade).ToString("x12", CultureInfo.InvariantCulture);
        return Add(received ?? at, $$"""{"topic":"publicTrade.{{_symbol}}","type":"snapshot","ts":{{Start + at}},"data":[{"T":{{Start + at}},"s":"{{_symbol}}","S":"{{side}}","v":"{{size}}","p":"{{price}}","L":"PlusTick","i":"20f43950-d8dd-5b31-9112-{{id}}","BT":false,"RPI":false,"seq":{{_trade}}}]}""");
    }

    /// <summary>Mark price, funding rate and the time of the next payment.</summary>
    public CapturedMarket Mark(int at, string price, string rate, int nextFunding) => Add(
        at,
        $$$"""{"topic":"tickers.{{{_symbol}}}","type":"snapshot","ts":{{{Start + at}}},"cs":1,"data":{"symbol":"{{{_symbol}}}","markPrice":"{{{price}}}","indexPrice":"{{{price}}}","fundingRate":"{{{rate}}}","nextFundingTime":"{{{Start + nextFunding}}}"}}""");

    /// <summary>The connection was lost.</summary>
    public CapturedMarket Lost(int at) => Add(at, """{"record":"lost","connection":"capture","session":1,"reason":"reset"}""");

    /// <summary>Any line of JSON.</summary>
    public CapturedMarket Add(int received, string message)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{(Start + received) * 1_000_000} {message}\n");
        return this;
    }

    private CapturedMarket Book(int at, int? received, string type, string levels)
    {
        string[] sides = levels.Split('|');
        _update++;
        return Add(
            received ?? at,
            $$$"""{"topic":"orderbook.50.{{{_symbol}}}","type":"{{{type}}}","ts":{{{Start + at}}},"data":{"s":"{{{_symbol}}}","b":[{{{Levels(sides[0])}}}],"a":[{{{Levels(sides[1])}}}],"u":{{{_update}}},"seq":{{{_update}}}},"cts":{{{Start + at}}}}""");
    }

    private static string Levels(string side) => string.Join(',', side.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(level => level.Split('x') is [var price, var size] ? $"[\"{price}\",\"{size}\"]" : throw new FormatException(level)));
}
