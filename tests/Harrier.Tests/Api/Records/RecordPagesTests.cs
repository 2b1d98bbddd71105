using System.Net;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Tests.Api.Records;

/// <summary>Records page by page: each row once, in the order of the whole list, also where many rows are of one instant.</summary>
public sealed class RecordPagesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(12)]
    public async Task Pages_JoinedFromTheOldest_AreTheWholeList(int limit)
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        scene.Records.Claim(new AccountRow("alpha", "/home", "sim-x", new Timestamp(1)));
        long[] seconds = [1, 2, 2, 2, 2, 3, 4, 4, 4, 5, 5, 6];
        scene.Records.Write("alpha", new RecordBatch
        {
            Fills = [.. seconds.Select(static (second, i) => new FillRow { Symbol = "BTCUSDT", TradeId = $"{i:00}", Bot = "trend", Time = new Timestamp(second * Timestamp.NanosPerSecond), Side = "buy", Price = 1, Quantity = 1, Purpose = "signal" })],
        });
        string[] whole = Ids((await scene.GetAsync("/api/v1/fills", scene.Viewer)).Body);
        scene.LastHeader("Link").ShouldBe("");

        List<string[]> pages = [];
        for (string? next = $"/api/v1/fills?limit={limit}&bot=trend"; next is not null;)
        {
            string[] page = Ids((await scene.GetAsync(next, scene.Viewer)).Body);
            page.Length.ShouldBeLessThanOrEqualTo(limit);
            pages.Insert(0, page);
            string link = scene.LastHeader("Link");
            next = link.Length == 0 ? null : link[1..link.IndexOf('>', StringComparison.Ordinal)];
        }

        pages.SelectMany(static page => page).ShouldBe(whole);
        whole.Length.ShouldBe(seconds.Length);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("00")]
    [InlineData("313a30")]
    public async Task Cursor_ThatIsNone_IsAProblem(string cursor)
    {
        await using ApiScene scene = await ApiScene.StartAsync();

        (await scene.GetAsync($"/api/v1/fills?cursor={cursor}", scene.Viewer)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static string[] Ids(JsonElement rows) => [.. rows.EnumerateArray().Select(static row => row.GetProperty("trade_id").GetString()!)];
}
