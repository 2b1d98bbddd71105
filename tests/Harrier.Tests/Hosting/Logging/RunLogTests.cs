using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Hosting.Logging;
using Harrier.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Harrier.Tests.Hosting.Logging;

/// <summary>The log of a run: one line of JSON an entry, bounded in size, age and waiting, and never a reason for anybody to fail.</summary>
[SuppressMessage("Performance", "CA1848:Use the LoggerMessage delegates", Justification = "Whoever logs may do it in any way.")]
[SuppressMessage("Performance", "CA1873:Avoid potentially expensive logging", Justification = "What is logged here is never left out.")]
public sealed partial class RunLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_AnEntry_IsALineWithAllOfIt()
    {
        using ActivitySource source = new("RunLogTests");
        using ActivityListener listener = new() { ShouldListenTo = one => one == source, Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        string trace;
        using (RunLog log = Open(new LogSettings()))
        {
            using Activity activity = source.StartActivity("work")!;
            trace = activity.TraceId.ToHexString();
            Met(log.CreateLogger("Some.Category"), "alpha", "trend", "BTCUSDT", 12.50m, 3, new InvalidOperationException("two\nlines"));
        }

        JsonElement line = Lines().ShouldHaveSingleItem();
        line.GetProperty("time").GetString()!.ShouldEndWith("Z");
        DateTimeOffset.Parse(line.GetProperty("time").GetString()!, System.Globalization.CultureInfo.InvariantCulture).Offset.ShouldBe(TimeSpan.Zero);
        line.GetProperty("level").GetString().ShouldBe("error");
        line.GetProperty("category").GetString().ShouldBe("Some.Category");
        line.GetProperty("event").GetInt32().ShouldBe(7);
        line.GetProperty("eventName").GetString().ShouldBe("Met");
        line.GetProperty("message").GetString().ShouldBe("alpha/trend met BTCUSDT: 12.50 after 3");
        (line.GetProperty("account").GetString(), line.GetProperty("bot").GetString(), line.GetProperty("symbol").GetString()).ShouldBe(("alpha", "trend", "BTCUSDT"));
        line.GetProperty("traceId").GetString().ShouldBe(trace);
        line.GetProperty("exception").GetString()!.ShouldStartWith("System.InvalidOperationException: two\nlines");
        line.GetProperty("values").GetProperty("Price").GetString().ShouldBe("12.50");
        line.GetProperty("values").GetProperty("Count").GetInt32().ShouldBe(3);
        line.GetProperty("values").EnumerateObject().Select(static one => one.Name).ShouldBe(["Price", "Count"], ignoreOrder: true);
    }

    [Fact]
    public void Open_FilesAndFolder_AreTheirOwnersAlone()
    {
        using RunLog log = Open(new LogSettings());
        log.CreateLogger("x").LogInformation("hello");
        log.Dispose();

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_folder.Path, "logs")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.GetUnixFileMode(Files().ShouldHaveSingleItem()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Write_BelowTheLevel_IsLeftOut()
    {
        using (RunLog log = Open(new LogSettings { Level = LogLevel.Warning }))
        {
            log.CreateLogger("x").LogInformation("little");
            log.CreateLogger("x").LogWarning("much");
        }

        Lines().ShouldHaveSingleItem().GetProperty("message").GetString().ShouldBe("much");
    }

    [Fact]
    public void Open_LevelNone_WritesNothingAndMakesNothing()
    {
        using RunLog log = Open(new LogSettings { Level = LogLevel.None });
        log.CreateLogger("x").LogCritical("lost");

        Directory.Exists(Path.Combine(_folder.Path, "logs")).ShouldBeFalse();
    }

    [Fact]
    public void Write_MoreThanIsKept_RollsAndDropsTheOldest()
    {
        string text = new('x', 12_000);
        using (RunLog log = Open(new LogSettings { MaxFileMib = 1, KeepFiles = 2 }))
        {
            ILogger logger = log.CreateLogger("x");
            for (int i = 0; i < 300; i++)
            {
                logger.LogInformation("{Number} {Text}", i, text);
            }
        }

        string[] files = Files();
        files.Length.ShouldBe(2);
        files.ShouldAllBe(static file => new FileInfo(file).Length <= (1024 * 1024) + 40_000);
        Lines().Max(static line => line.GetProperty("values").GetProperty("Number").GetInt32()).ShouldBe(299);
    }

    /// <summary>The writer hangs at its first entry: whoever logs goes on at once, and what found no room is counted.</summary>
    [Fact]
    public void Write_WhileTheDiskHangs_NobodyWaitsAndWhatIsLostIsCounted()
    {
        const int Length = 100;
        const int Count = Length + 50;
        using ManualResetEventSlim goesOn = new();
        using Meter meter = new("RunLogTests");
        using RunLog log = RunLog.Open(_folder.Path, new LogSettings(), Redaction.OfProcess, file => new Slow(file, goesOn.Wait), Length);
        log.Measure(meter);
        ILogger logger = log.CreateLogger("x");
        for (int i = 0; i < Count; i++)
        {
            logger.LogInformation("{Number}", i);
        }

        long dropped = log.Dropped;
        long shown = Read(meter, "harrier_log_dropped_total");
        goesOn.Set();
        log.Dispose();

        // One entry may have left the queue for the writer that hangs, or not yet.
        dropped.ShouldBeInRange(49, 50);
        shown.ShouldBe(dropped);
        Lines().Length.ShouldBe(Count - (int)dropped);
    }

    /// <summary>As a disk that is full for a while.</summary>
    [Fact]
    public void Write_WhileTheDiskIsFull_FailsForNobodyAndGoesOnAfterwards()
    {
        bool isFull = true;
        using RunLog log = RunLog.Open(_folder.Path, new LogSettings(), Redaction.OfProcess, file => new Slow(file, () =>
        {
            if (Volatile.Read(ref isFull))
            {
                throw new IOException("No space left on device");
            }
        }));
        ILogger logger = log.CreateLogger("x");
        logger.LogInformation("first");
        SpinWait.SpinUntil(() => log.FailedWrites > 0, TimeSpan.FromSeconds(60)).ShouldBeTrue();
        Volatile.Write(ref isFull, false);
        logger.LogInformation("second");
        log.Dispose();

        Lines().Select(static line => line.GetProperty("message").GetString()).ShouldContain("second");
    }

    [Fact]
    public void Open_AFolderThatCannotBeMade_FailsForNobody()
    {
        _folder.Write("logs", "a file is in the way");
        using RunLog log = Open(new LogSettings());

        log.CreateLogger("x").LogInformation("lost");
        log.Dispose();

        File.ReadAllText(Path.Combine(_folder.Path, "logs")).ShouldBe("a file is in the way");
    }

    /// <summary>A secret may be anywhere in an entry: in the message, in values of any shape and their names, in an exception and the one within.</summary>
    [Fact]
    public void Write_AnySecretAnywhere_DoesNotReachTheFile()
    {
        List<string> secrets = [];
        Gen<string> secret = Gen.Choose(0x21, 0x17F).Select(static c => (char)c).Where(static c => !char.IsControl(c) && c is not ('*' or '{' or '}')).ArrayOf(20).Select(static letters => new string(letters));
        using (RunLog log = RunLog.Open(_folder.Path, new LogSettings(), new Redaction(Hide)))
        {
            ILogger logger = log.CreateLogger("x");
            Prop.ForAll(secret.ToArbitrary(), one =>
            {
                lock (secrets)
                {
                    secrets.Add(one);
                }

                Exception fault = new InvalidOperationException($"failed with {one}", new IOException(one));
                Dictionary<string, object> pairs = new(StringComparer.Ordinal) { [one] = one };
                logger.Log(LogLevel.Error, fault, "said {Text} {List} {@Pairs} {@Object}", one, (string[])["a", one], pairs, new { Inner = one, Password = "opened" });
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
        }

        string text = string.Concat(Files().Select(File.ReadAllText));
        string[] read = [.. Lines().SelectMany(Texts)];
        secrets.Count.ShouldBe(40);
        secrets.ShouldAllBe(one => !text.Contains(one, StringComparison.Ordinal) && !read.Any(part => part.Contains(one, StringComparison.Ordinal)));
        text.ShouldContain("***");
        text.ShouldNotContain("opened");

        string Hide(string from)
        {
            lock (secrets)
            {
                return secrets.Aggregate(from, static (left, one) => left.Replace(one, "***", StringComparison.Ordinal));
            }
        }
    }

    [LoggerMessage(EventId = 7, Level = LogLevel.Error, Message = "{Account}/{Bot} met {Symbol}: {Price} after {Count}")]
    private static partial void Met(ILogger logger, string account, string bot, string symbol, decimal price, int count, Exception fault);

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static one => Texts(one.Value).Prepend(one.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };

    private static long Read(Meter meter, string name)
    {
        long read = -1;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter == meter && instrument.Name == name)
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => read = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }

    private RunLog Open(LogSettings settings) => RunLog.Open(_folder.Path, settings);

    private string[] Files() => [.. Directory.GetFiles(Path.Combine(_folder.Path, "logs")).Order(StringComparer.Ordinal)];

    private JsonElement[] Lines() => [.. Files().SelectMany(File.ReadAllLines).Select(static line => JsonElement.Parse(line))];

    // A file before whose writes something happens.
    private sealed class Slow(Stream file, Action before) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            before();
            file.Write(buffer);
        }

        public override void Flush()
        {
            before();
            file.Flush();
        }

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }
    }
}
