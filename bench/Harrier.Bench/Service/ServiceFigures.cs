using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Harrier.Bench.Figures;

namespace Harrier.Bench.Service;

/// <summary>
/// The service over the loopback device, in a process of its own on the same cores as its clients: prices and 500 candles by <c>wrk</c>, authentication on, and trades to 100 WebSockets.
/// </summary>
/// <param name="time">The clock.</param>
public sealed partial class ServiceFigures(TimeProvider time) : IFigureArea
{
    private const int Clients = 100;
    private const int SteadyDeliveries = 100_000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "service";

    /// <summary>Measures.</summary>
    /// <param name="options"><c>--seconds N</c>: how long each figure is measured, 5 unless said; <c>--connections N</c>: those of wrk, 64; <c>--trades N</c>: trades a second of the fan-out, 25000.</param>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        int Option(string name, int usual) => options.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
        return MeasureAsync(TimeSpan.FromSeconds(Option("seconds", 5)), Option("connections", 64), Option("trades", 25_000)).GetAwaiter().GetResult();
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(TimeSpan length, int connections, int trades)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(ServiceFigures).Assembly.Location, "serve"] : ["serve"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process service = Process.Start(start)!;
        try
        {
            string[] ready = (await service.StandardOutput.ReadLineAsync())!.Split(' ');
            (Uri address, string token) = (new Uri(ready[0]), ready[1]);
            List<Figure> figures = [];
            foreach ((string name, string path) in (ReadOnlySpan<(string, string)>)[("ticker", "/api/v1/market/prices?symbols=BTCUSDT"), ("500 candles", "/api/v1/market/klines/BTCUSDT?interval=1m&limit=500")])
            {
                Wrk(new Uri(address, path), token, connections, Settling);
                double rate = Wrk(new Uri(address, path), token, connections, length);
                figures.Add(new Figure(Name, name, "requests/s", rate, rate, rate));
            }

            figures.AddRange(await FanOutAsync(service, (address, token), trades, length));
            figures.AddRange(await FanOutAsync(service, (address, token), SteadyDeliveries / Clients, length, isSteady: true));
            return figures;
        }
        finally
        {
            service.StandardInput.Close();
            await service.WaitForExitAsync();
        }
    }

    private async Task<IReadOnlyList<Figure>> FanOutAsync(Process service, (Uri Address, string Token) where, int trades, TimeSpan length, bool isSteady = false)
    {
        FanOutClient[] clients = [.. Enumerable.Range(0, Clients).Select(_ => new FanOutClient(time))];
        foreach (FanOutClient client in clients)
        {
            await client.OpenAsync(where.Address, where.Token);
        }

        Task[] reading = [.. clients.Select(static client => Task.Run(client.ReadAsync))];
        await service.StandardInput.WriteLineAsync($"rate {trades}");
        await service.StandardInput.FlushAsync();
        await Task.Delay(Settling, time);
        foreach (FanOutClient client in clients)
        {
            client.Delays = isSteady ? new List<double>(1 << 16) : null;
        }

        (long before, long began) = (clients.Sum(static client => client.Frames), time.GetTimestamp());
        await Task.Delay(length, time);
        double rate = (clients.Sum(static client => client.Frames) - before) / time.GetElapsedTime(began).TotalSeconds;
        int lost = clients.Count(static client => client.HasEnded);
        double[] delays = [.. clients.SelectMany(static client => client.Delays is { } noted ? noted.ToArray() : []).Order()];
        await service.StandardInput.WriteLineAsync("rate 0");
        await service.StandardInput.FlushAsync();
        Array.ForEach(clients, static client => client.Dispose());
        await Task.WhenAll(reading);
        string load = FormattableString.Invariant($"{Clients} sockets, {trades} trades/s");
        return isSteady
            ? [new Figure(Name, load + ", p50", "ms", At(delays, 0.5), delays[0], delays[^1]), new Figure(Name, load + ", p99", "ms", At(delays, 0.99), delays[0], delays[^1])]
            : [new Figure(Name, FormattableString.Invariant($"{load}, {lost} let go"), "deliveries/s", rate, rate, rate)];
    }

    private static double At(double[] sorted, double part) => sorted[(int)(sorted.Length * part)];

    private static double Wrk(Uri address, string token, int connections, TimeSpan length)
    {
        ProcessStartInfo start = new("wrk", ["-t", "1", "-c", $"{connections}", "-d", FormattableString.Invariant($"{length.TotalSeconds:0}s"), "-H", "Authorization: Bearer " + token, address.ToString()]) { RedirectStandardOutput = true };
        using Process wrk = Process.Start(start) ?? throw new InvalidOperationException("wrk (apt-get install wrk) did not start");
        string said = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        return said.Contains("Non-2xx", StringComparison.Ordinal)
            ? throw new InvalidOperationException(said)
            : double.Parse(Rate().Match(said).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
