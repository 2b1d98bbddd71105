using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;
using Harrier.Research.Reports;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Reports;

public sealed partial class HtmlReportTests
{
    private const string Attack = "</script><script>alert(1)</script><img src=x onerror=alert(2)>{{script}} & \"quoted\" 'it' <!--";

    [Fact]
    public void ToText_AnyRun_RefersToNothingOutside()
    {
        string html = HtmlReport.ToText(Sample());
        html.ShouldNotContain("http:", Case.Insensitive);
        html.ShouldNotContain("https:", Case.Insensitive);
        html.ShouldNotContain("//cdn", Case.Insensitive);
        Regex.IsMatch(html, @"src\s*=\s*[""']?\s*(//|\w+:)", RegexOptions.IgnoreCase).ShouldBeFalse();
        Regex.IsMatch(html, @"@import|url\(|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|\beval\(|innerHTML", RegexOptions.IgnoreCase).ShouldBeFalse();
        Regex.Matches(html, @"<(script|link|img|iframe|object|embed|form)\b", RegexOptions.IgnoreCase).Select(match => match.Value)
            .ShouldBe(["<link", "<script", "<script"], "the empty icon, the data and the script");
        html.ShouldContain("<link rel=\"icon\" href=\"data:,\">");
    }

    [Fact]
    public void ToText_Policy_AllowsExactlyTheStyleAndScriptInside()
    {
        string html = HtmlReport.ToText(Sample());
        string policy = Regex.Match(html, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        policy.ShouldStartWith("default-src 'none';");
        policy.ShouldNotContain("unsafe");
        policy.ShouldContain($"script-src 'sha256-{Hash(Regex.Match(html, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value)}'");
        policy.ShouldContain($"style-src 'sha256-{Hash(Regex.Match(html, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value)}'");
    }

    [Fact]
    public void ToText_HostileTexts_StayText()
    {
        BacktestResult result = Sample() with
        {
            Manifest = Sample().Manifest with { Strategy = Attack, Parameters = [new(Attack, Attack)] },
            Checks = [new CheckResult("leakage", false, Attack)],
            Assumptions = [new("note", Attack)],
        };
        string html = HtmlReport.ToText(result);
        html.ShouldNotContain("<script>alert");
        html.ShouldNotContain("<img");
        html.ShouldContain("<title>&lt;/script&gt;");
        JsonElement data = Data(html).GetProperty("result");
        data.GetProperty("strategy").GetString().ShouldBe(Attack);
        data.GetProperty("checks")[0].GetProperty("detail").GetString().ShouldBe(Attack, "the place holder inside is not filled in");
    }

    [Fact]
    public void ToText_AnyRun_LeavesNoPlaceUnfilled()
    {
        Place().IsMatch(HtmlReport.ToText(Sample())).ShouldBeFalse();
    }

    [Fact]
    public void ToText_Data_HoldsTheResultAndTheTradesInFull()
    {
        JsonElement data = Data(HtmlReport.ToText(Sample()));
        using JsonDocument expected = JsonDocument.Parse(ResultJson.ToText(Sample()));
        JsonElement.DeepEquals(data.GetProperty("result"), expected.RootElement).ShouldBeTrue();
        data.GetProperty("trades").GetArrayLength().ShouldBe(2);
        data.GetProperty("trades")[0][10].GetString().ShouldBe("5.5");
        data.GetProperty("simulated").GetBoolean().ShouldBeFalse();
        JsonElement price = data.GetProperty("prices")[0];
        price.GetProperty("close").EnumerateArray().Select(value => value.GetDouble()).ShouldBe([42_000, 42_100, 41_900, 42_300]);
    }

    [Fact]
    public void ToText_NoTradesNoBarsNoCurve_IsStillWhole()
    {
        BacktestResult result = BacktestResults.Result(BacktestResults.Daily()) with { Series = [], Checks = [], Assumptions = [], BuyAndHoldReturn = null };
        string html = HtmlReport.ToText(result);
        Regex.IsMatch(Data(html).GetRawText(), "NaN|Infinity").ShouldBeFalse();
        Data(html).GetProperty("curve").GetProperty("time").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void ToText_LongRunWithManyTrades_StaysBelowOneAndAHalfMegabytes()
    {
        const int bars = 300_000;
        EquityRecorder recorder = BacktestResults.Recorder(1000m, 90_000, TimeSpan.FromMinutes(1));
        Random random = new(5);
        double equity = 1000;
        for (int i = 1; i <= 90_000; i++)
        {
            equity *= 1 + ((random.NextDouble() - 0.5) / 1000);
            Timestamp time = BacktestResults.Start + TimeSpan.FromMinutes(i);
            recorder.Observe(time, equity, 1);
            recorder.AddPoint(new EquityPoint(time, (decimal)equity, (decimal)equity, 0m));
        }

        long price = 4_000_000;
        long[] closes = [.. Enumerable.Range(0, bars).Select(_ => price += random.Next(-999, 1000))];
        RoundTrip[] trades = [.. Enumerable.Range(1, 20_000).Select(id => BacktestResults.Trade(id, (decimal)random.Next(-99_999_999, 99_999_999) / 1_000_000))];
        BacktestResult result = BacktestResults.Result(recorder, trades) with { Series = [BacktestResults.Bars(closes)] };
        Encoding.UTF8.GetByteCount(HtmlReport.ToText(result)).ShouldBeLessThan(1_500_000);
    }

    private static BacktestResult Sample() =>
        BacktestResults.Result(BacktestResults.Daily(.01, -.02, .03), BacktestResults.Trade(1, 5.50m), BacktestResults.Trade(2, -1.25m));

    private static string Hash(string content) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static JsonElement Data(string html)
    {
        Match match = Regex.Match(html, "<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline);
        using JsonDocument document = JsonDocument.Parse(match.Groups[1].Value);
        return document.RootElement.Clone();
    }

    [GeneratedRegex(@"\{\{\w+\}\}")]
    private static partial Regex Place();
}
