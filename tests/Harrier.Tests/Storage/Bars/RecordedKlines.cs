using System.Globalization;
using System.Text.Json;

namespace Harrier.Tests.Storage.Bars;

/// <summary>The recorded klines beside the repository and the facts that were computed about them by other means.</summary>
internal static class RecordedKlines
{
    /// <summary>The folder of recorded data; skips the test when it is absent.</summary>
    public static string Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string data = Path.Combine(folder.FullName, "..", "shared", "data");
            if (File.Exists(Path.Combine(folder.FullName, "Harrier.slnx")) && Directory.Exists(data))
            {
                return data;
            }
        }

        Assert.Skip("../shared/data is absent: recorded klines are not checked");
        return "";
    }

    public static string PathOf(string file) => Path.Combine(Folder(), file);

    public static List<KlineFacts> Facts()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(PathOf("golden/klines.json")));
        return [.. golden.RootElement.GetProperty("files").EnumerateArray().Select(KlineFacts.From)];
    }
}

internal sealed record KlineFacts(string File, int Rows, long FirstOpenMs, long LastOpenMs, int GapCount, long MissingBars)
{
    public int OhlcViolations { get; private init; }

    public int ZeroVolumeBars { get; private init; }

    public decimal MaxHigh { get; private init; }

    public decimal MinLow { get; private init; }

    public decimal SumClose { get; private init; }

    public decimal SumVolume { get; private init; }

    public decimal LastClose { get; private init; }

    public static KlineFacts From(JsonElement file) =>
        new(file.GetProperty("file").GetString()!, file.GetProperty("rows").GetInt32(), file.GetProperty("firstOpenMs").GetInt64(), file.GetProperty("lastOpenMs").GetInt64(), file.GetProperty("gapCount").GetInt32(), file.GetProperty("missingBars").GetInt64())
        {
            OhlcViolations = file.GetProperty("ohlcViolations").GetInt32(),
            ZeroVolumeBars = file.GetProperty("zeroVolumeBars").GetInt32(),
            MaxHigh = Number(file, "maxHigh"),
            MinLow = Number(file, "minLow"),
            SumClose = Number(file, "sumClose"),
            SumVolume = Number(file, "sumVolume"),
            LastClose = Number(file, "lastClose"),
        };

    private static decimal Number(JsonElement file, string name) => decimal.Parse(file.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
