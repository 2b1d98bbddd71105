using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Harrier.Storage.Recording;
using Harrier.System.Tests.Launcher;

namespace Harrier.System.Tests.Cli;

/// <summary>A recorder that is stopped leaves a whole recording, one that is killed all but its last second.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private readonly HarrierProgram _program = new();
    private Process? _exchange;
    private string _origin = "";

    public async ValueTask InitializeAsync()
    {
        _exchange = _program.Start("", "exchange", "--port", "0", "--symbols", "BTCUSDT");
        using JsonDocument ready = JsonDocument.Parse((await _exchange.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        _origin = ready.RootElement.GetProperty("binance").GetProperty("rest").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_exchange is not null)
        {
            _exchange.Kill();
            await _exchange.WaitForExitAsync(CancellationToken.None);
            _exchange.Dispose();
        }

        _program.Dispose();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Record_Signaled_EndsWithZeroAndAWholeSegment(string signal)
    {
        Shell.RequireBash();
        using Process process = await StartAsync();

        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0);
        RecordingReader reader = RecordingReader.Open(_program.PathOf("rec"));
        RecordedFrame[] records = [.. reader.Frames()];
        reader.Faults.ShouldBeEmpty();
        (records[0].Kind, records[^1].Kind).ShouldBe((RecordKind.Opened, RecordKind.Closed));
        (await File.ReadAllBytesAsync(reader.Files[0].Path, TestContext.Current.CancellationToken)).AsSpan().EndsWith("HEND"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Record_Killed_LeavesWhatWasInTheFileAndNothingElse()
    {
        using Process process = await StartAsync();
        string before = Texts();

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldNotBe(0);
        Texts().ShouldStartWith(before);
        RecordingReader.Open(_program.PathOf("rec")).Frames().ShouldAllBe(record => record.Kind != RecordKind.Hole);

        // The next recorder goes on in the same folder.
        using Process next = await StartAsync();
        next.Kill();
        await next.WaitForExitAsync(TestContext.Current.CancellationToken);
        Texts().ShouldStartWith(before);
        RecordingReader.Open(_program.PathOf("rec")).Files.Count.ShouldBe(2);
    }

    private string Texts() => string.Join('\n', RecordingReader.Open(_program.PathOf("rec")).Frames().Select(record => Encoding.UTF8.GetString(record.Bytes.Span)));

    // A snapshot was taken, and by the line after it is in the file.
    private async Task<Process> StartAsync()
    {
        Process process = _program.Start("", "record", "--venue", "binance", "--symbols", "BTCUSDT", "--out", "rec", "--every", "2s", "--endpoint", _origin);
        for (int seen = 0; seen < 2;)
        {
            string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            line.ShouldNotBeNull("the recorder ended before it began");
            line.ShouldContain("sim-binance-spot: ");
            seen += line.Contains(" 0 snapshots", StringComparison.Ordinal) ? 0 : 1;
        }

        return process;
    }
}
