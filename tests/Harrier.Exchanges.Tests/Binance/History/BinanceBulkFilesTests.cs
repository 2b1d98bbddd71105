using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Binance.History;
using Harrier.Exchanges.Tests.History;
using Harrier.Exchanges.Tests.Requests;

namespace Harrier.Exchanges.Tests.Binance.History;

/// <summary>Files of whole months, made by the test and served on this machine.</summary>
public sealed class BinanceBulkFilesTests
{
    private const string SpotPath = "/data/spot/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-2026-02.zip";
    private const string UsdMPath = "/data/futures/um/monthly/klines/BTCUSDT/1h/BTCUSDT-1h-2026-02.zip";
    private const string Names = "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MonthAsync_SpotFile_InMillisecondsOrMicroseconds_IsReadExactly(bool isMicroseconds)
    {
        byte[] zip = Zip(Rows(isMicroseconds));
        using HistoryScene scene = Shelf(SpotPath, zip, Sum(zip));

        HistoryPage<HistoricalBar> month = (await AskAsync(scene, BinanceMarket.Spot)).Value.ShouldNotBeNull();

        scene.Asked.ShouldBe([SpotPath + ".CHECKSUM", SpotPath]);
        month.Rows.Count.ShouldBe(28 * 24);
        month.Rows[^1].ShouldBe(new HistoricalBar
        {
            OpenTime = HistoryScene.At(2, 28, 23),
            Open = 100.10000000m,
            High = 101.5m,
            Low = 99.00000001m,
            Close = 100.2m,
            Volume = 12.345678m,
            QuoteVolume = 1234.5678m,
            TradeCount = 77,
            TakerBuyVolume = 6.1m,
            TakerBuyQuoteVolume = 610.01m,
        });
        month.Until.ShouldBe(HistoryScene.At(3, 1));
    }

    [Fact]
    public async Task MonthAsync_UsdMFileWithALineOfNames_IsRead()
    {
        byte[] zip = Zip(Names + Rows(isMicroseconds: false));
        using HistoryScene scene = Shelf(UsdMPath, zip, Sum(zip));

        (await AskAsync(scene, BinanceMarket.UsdM)).Value!.Rows.Count.ShouldBe(28 * 24);
    }

    [Fact]
    public async Task MonthAsync_OtherChecksum_IsNotBelieved()
    {
        byte[] zip = Zip(Rows(isMicroseconds: false));
        byte[] other = [.. zip];
        other[^1] ^= 1;
        using HistoryScene scene = Shelf(SpotPath, zip, Sum(other));

        HistoryFault fault = (await AskAsync(scene, BinanceMarket.Spot)).Fault.ShouldNotBeNull();

        (fault.Kind, fault.Message).ShouldBe((HistoryFaultKind.Malformed, "BTCUSDT-1h-2026-02.zip does not have the checksum that the venue tells of it"));
    }

    [Fact]
    public async Task MonthAsync_DownloadIsCut_IsNotTakenForAFile()
    {
        byte[] zip = Zip(Rows(isMicroseconds: false));
        byte[] whole = ScriptedServer.Answer(200, zip);
        using HistoryScene scene = new(new BinanceExchange(), "binance-spot", (_, path) => path.EndsWith("CHECKSUM", StringComparison.Ordinal) ? HistoryScene.Ok(Sum(zip)) : whole[..^1000], closesAfterEach: true);

        (await AskAsync(scene, BinanceMarket.Spot)).Fault!.Kind.ShouldBe(HistoryFaultKind.Unreachable);
    }

    [Fact]
    public async Task MonthAsync_NoSuchFile_SaysSo()
    {
        using HistoryScene scene = new(new BinanceExchange(), "binance-spot", (_, _) => ScriptedServer.Answer(404, "<Error>NoSuchKey</Error>"));

        (await AskAsync(scene, BinanceMarket.Spot)).Fault!.Kind.ShouldBe(HistoryFaultKind.NotSupported);
    }

    [Theory]
    [InlineData("1769904000000,1,1,1,1,1,1769907599999,1,1,1,1")]
    [InlineData("1769904000000,1,1,1,1,one,1769907599999,1,1,1,1,0")]
    [InlineData("1769904000000,1,1,1,1,1,1769907600001,1,1,1,1,0")]
    [InlineData("1767225600000,1,1,1,1,1,1767229199999,1,1,1,1,0")]
    public async Task MonthAsync_DamagedRow_IsNotBelieved(string row)
    {
        byte[] zip = Zip(row + "\n");
        using HistoryScene scene = Shelf(SpotPath, zip, Sum(zip));

        (await AskAsync(scene, BinanceMarket.Spot)).Fault!.Kind.ShouldBe(HistoryFaultKind.Malformed);
    }

    [Fact]
    public async Task MonthAsync_ZipWithoutTheFile_IsNotBelieved()
    {
        byte[] zip = Zip(Rows(isMicroseconds: false), "ETHUSDT-1h-2026-02.csv");
        using HistoryScene scene = Shelf(SpotPath, zip, Sum(zip));

        (await AskAsync(scene, BinanceMarket.Spot)).Fault!.Message.ShouldBe("BTCUSDT-1h-2026-02.zip: there is no BTCUSDT-1h-2026-02.csv inside");
    }

    private static HistoryScene Shelf(string path, byte[] zip, string sum) => new(new BinanceExchange(), "binance-spot", (_, asked) =>
        asked == path ? ScriptedServer.Answer(200, zip) : asked == path + ".CHECKSUM" ? HistoryScene.Ok(sum) : ScriptedServer.Answer(404, ""));

    private static async Task<HistoryAnswer<HistoryPage<HistoricalBar>>> AskAsync(HistoryScene scene, BinanceMarket market)
    {
        using BinanceBulkFiles files = new(market, scene.Surroundings, scene.Server.Address);
        return await files.MonthAsync("BTCUSDT", HistoryScene.Hour, HistoryScene.At(2, 1), TestContext.Current.CancellationToken);
    }

    private static string Rows(bool isMicroseconds)
    {
        StringBuilder text = new();
        for (int hour = 0; hour < 28 * 24; hour++)
        {
            long open = HistoryScene.At(2, 1).UnixMilliseconds + (hour * 3_600_000L);
            long close = open + 3_600_000;
            text.Append(isMicroseconds ? open * 1000 : open).Append(",100.10000000,101.50000000,99.00000001,100.20000000,12.34567800,");
            text.Append(isMicroseconds ? (close * 1000) - 1 : close - 1).Append(",1234.56780000,77,6.10000000,610.01000000,0\n");
        }

        return text.ToString();
    }

    private static byte[] Zip(string text, string name = "BTCUSDT-1h-2026-02.csv")
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.ASCII.GetBytes(text));
        }

        return stream.ToArray();
    }

    private static string Sum(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file)) + "  BTCUSDT-1h-2026-02.zip\n";
}
