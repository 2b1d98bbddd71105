using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Harrier.Cli.Running;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Simulation.Randomness;
using Harrier.Storage.Records;

namespace Harrier.Cli.Soaking;

/// <summary>
/// Runs bots on a built-in exchange, each in a process of its own, kills the run again and again, and compares after each start: one start both shows what the kill
/// before left and is the next to be killed.
/// </summary>
/// <param name="request">What was asked for.</param>
/// <param name="say">Told how it goes.</param>
/// <param name="time">The wall clock.</param>
internal sealed class SoakRun(SoakRequest request, Action<string> say, TimeProvider time)
{
    private const double EarlyShare = 0.3;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LastSettling = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestWaitForFills = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly RandomStream _moments = new(request.Seed);
    private readonly HomeReader _home = new(request.Home, RunRequestOptions.Reader());
    private readonly List<string> _differences = [];
    private int _early;

    /// <summary>Runs.</summary>
    public async Task<SoakReport> RunAsync(CancellationToken stop)
    {
        long begun = time.GetTimestamp();
        ChildProgram exchange = ChildProgram.Start("exchange", "--port", "0", "--limits", "off", "--seed", FormattableString.Invariant($"{request.Seed}"), "--symbols", string.Join(',', SoakConfiguration.Symbols));
        await using (exchange.ConfigureAwait(false))
        {
            string ready = await exchange.ReadUntilAsync(static line => line.StartsWith('{'), stop).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"the exchange did not start: {exchange.Errors}");
            using JsonDocument origins = JsonDocument.Parse(ready);
            using HttpClient http = new();
            ExchangeOperator admin = new(http, new Uri(origins.RootElement.GetProperty("admin").GetString()!), request.Venue);
            string configuration = SoakConfiguration.Write(request, origins.RootElement.GetProperty(request.Venue.Split('-')[0]));
            SoakCheck check = new(_home, await admin.TruthAsync(stop).ConfigureAwait(false));
            int kills = 0;
            for (; kills < request.Kills && _differences.Count == 0; kills++)
            {
                await LiveAsync(kills, (configuration, admin, check), stop).ConfigureAwait(false);
            }

            ExchangeTruth truth = await EndAsync((configuration, admin, check), stop).ConfigureAwait(false);
            using RecordStore records = RecordStore.Open(request.Records ?? Path.Combine(request.Home, "records.db"), Timestamp.From(time.GetUtcNow()));
            _differences.AddRange(check.Intents(truth));
            _differences.AddRange(check.Records(records, truth));
            return new SoakReport(kills, _early, truth.Orders.Count, truth.Fills.Count, records.Trades(new RecordFilter()).Count, _differences, time.GetElapsedTime(begun));
        }
    }

    private async Task LiveAsync(int kill, (string Configuration, ExchangeOperator Admin, SoakCheck Check) parts, CancellationToken stop)
    {
        ChildProgram run = StartRun(parts.Configuration);
        await using (run.ConfigureAwait(false))
        {
            if (_moments.NextDouble() < EarlyShare)
            {
                _early++;
                await Task.Delay(LongestStart * _moments.NextDouble(), time, stop).ConfigureAwait(false);
            }
            else
            {
                await ComparedAsync(run, parts, stop).ConfigureAwait(false);
                await Task.Delay(ShortestLife + ((LongestLife - ShortestLife) * _moments.NextDouble()), time, stop).ConfigureAwait(false);
            }

            await run.KillAsync().ConfigureAwait(false);
        }

        say(FormattableString.Invariant($"kill {kill + 1} of {request.Kills}"));
    }

    // The last start has no kill after it: it ends well.
    private async Task<ExchangeTruth> EndAsync((string Configuration, ExchangeOperator Admin, SoakCheck Check) parts, CancellationToken stop)
    {
        ChildProgram run = StartRun(parts.Configuration);
        await using (run.ConfigureAwait(false))
        {
            await ComparedAsync(run, parts, stop).ConfigureAwait(false);
            await TradedAsync(parts.Admin, stop).ConfigureAwait(false);
            await parts.Admin.PauseAsync(isPaused: true, stop).ConfigureAwait(false);
            await AgreeAsync(parts.Admin, parts.Check, mayDoubt: false, stop).ConfigureAwait(false);
            int code = await run.EndAsync(stop).ConfigureAwait(false);
            if (code != 0)
            {
                _differences.Add(FormattableString.Invariant($"the run ended with {code}: {run.Errors}"));
            }
        }

        return await AgreeAsync(parts.Admin, parts.Check, mayDoubt: false, stop).ConfigureAwait(false);
    }

    // A few kills on a busy machine may all have come before the first bar.
    private async Task TradedAsync(ExchangeOperator admin, CancellationToken stop)
    {
        long begun = time.GetTimestamp();
        while ((await admin.TruthAsync(stop).ConfigureAwait(false)).Fills.Count == 0 && time.GetElapsedTime(begun) < LongestWaitForFills)
        {
            await Task.Delay(Pause, time, stop).ConfigureAwait(false);
        }
    }

    // The market stands still while both sides are read: what is compared is one moment.
    private async Task ComparedAsync(ChildProgram run, (string Configuration, ExchangeOperator Admin, SoakCheck Check) parts, CancellationToken stop)
    {
        if (await run.ReadUntilAsync(static line => line.Contains("the account was read", StringComparison.Ordinal), stop).ConfigureAwait(false) is null)
        {
            _differences.Add($"the run ended before it had read its account: {run.Errors}");
            return;
        }

        await parts.Admin.PauseAsync(isPaused: true, stop).ConfigureAwait(false);
        await AgreeAsync(parts.Admin, parts.Check, mayDoubt: true, stop).ConfigureAwait(false);
        await parts.Admin.PauseAsync(isPaused: false, stop).ConfigureAwait(false);
    }

    private async Task<ExchangeTruth> AgreeAsync(ExchangeOperator admin, SoakCheck check, bool mayDoubt, CancellationToken stop)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            ExchangeTruth truth = await admin.TruthAsync(stop).ConfigureAwait(false);
            IReadOnlyList<string> found = check.Engine(truth, mayDoubt);
            if (found.Count == 0)
            {
                return truth;
            }

            // Orders may be on their way; what stays is a difference.
            if (time.GetElapsedTime(begun) > (mayDoubt ? Settling : LastSettling))
            {
                _differences.AddRange(found);
                return truth;
            }

            await Task.Delay(Pause, time, stop).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The caller disposes of it.")]
    private ChildProgram StartRun(string configuration) => ChildProgram.Start("run", "--config", configuration, "--home", request.Home, "--port", "0", "--json");
}
