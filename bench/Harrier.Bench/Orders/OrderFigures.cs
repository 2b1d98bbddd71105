using System.Diagnostics;
using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Bench.Orders;

/// <summary>
/// Orders to the built-in exchange by HTTP over the loopback device, its synthetic market running: one after the other through our spot
/// adapter, and at a fixed rate from many connections while the order and market streams are read. All in one process, so that what
/// the senders and readers cost is in the figures.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class OrderFigures(TimeProvider time) : IFigureArea
{
    private const int Warming = 1500;
    private const int RoundTrips = 4000;
    private const int Rate = 5000;
    private static readonly TimeSpan LoadWarming = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "orders";

    /// <summary>Measures.</summary>
    /// <param name="options"><c>--seconds N</c>: how long the load lasts, 10 unless said.</param>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        double seconds = options.TryGetValue("seconds", out string? text) ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 10;
        return [.. RoundTripAsync().GetAwaiter().GetResult(), .. LoadAsync(TimeSpan.FromSeconds(seconds)).GetAwaiter().GetResult()];
    }

    private async Task<IReadOnlyList<Figure>> RoundTripAsync()
    {
        await using ExchangeScene scene = await ExchangeScene.StartAsync(time);
        TradingClient client = await scene.ConnectAsync();
        List<double> places = [];
        List<double> cancels = [];
        for (int i = 0; i < Warming + RoundTrips; i++)
        {
            string id = $"r{i}";
            OrderRequest order = new()
            {
                Symbol = ExchangeScene.Symbol,
                ClientId = id,
                Side = OrderSide.Buy,
                Type = OrderType.Limit,
                Quantity = 0.001m,
                Price = scene.FarBelow,
                TimeInForce = TimeInForce.GoodTilCanceled,
            };
            long start = time.GetTimestamp();
            Check(await client.PlaceAsync(order, CancellationToken.None));
            TimeSpan placed = time.GetElapsedTime(start);
            start = time.GetTimestamp();
            Check(await client.CancelAsync(new OrderKey(order.Symbol, id), CancellationToken.None));
            if (i >= Warming)
            {
                places.Add(placed.TotalMilliseconds);
                cancels.Add(time.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return [.. Quantiles("place, our adapter", places), .. Quantiles("cancel, our adapter", cancels)];
    }

    private async Task<IReadOnlyList<Figure>> LoadAsync(TimeSpan length)
    {
        await using ExchangeScene scene = await ExchangeScene.StartAsync(time);
        await using StreamReaders streams = await StreamReaders.StartAsync(scene, time);
        await using OrderLoad load = new(scene, time);
        await load.RunAsync(Rate, LoadWarming);
        using Process self = Process.GetCurrentProcess();
        TimeSpan processor = self.TotalProcessorTime;
        long orderEvents = streams.OrderEvents;
        long marketEvents = streams.MarketEvents;
        LoadResult result = await load.RunAsync(Rate, length);
        self.Refresh();
        double cores = (self.TotalProcessorTime - processor) / result.Took;
        if (result.Failed > 0 || streams.OrderEvents - orderEvents < result.Latencies.Count)
        {
            throw new InvalidOperationException($"{result.Failed} requests failed; {streams.OrderEvents - orderEvents} order events for {result.Latencies.Count} orders");
        }

        return
        [
            One("orders answered at a rate of 5,000/s", "orders/s", result.Latencies.Count / result.Took.TotalSeconds),
            .. Quantiles("from when due to answer", result.Latencies),
            One("order events read", "events/s", (streams.OrderEvents - orderEvents) / result.Took.TotalSeconds),
            One("market messages read", "messages/s", (streams.MarketEvents - marketEvents) / result.Took.TotalSeconds),
            One("processor, senders and readers included", "cores", cores),
        ];
    }

    private static void Check<T>(VenueResult<T> result)
    {
        if (!result.IsOk)
        {
            throw new InvalidOperationException(result.Error.ToString());
        }
    }

    private IEnumerable<Figure> Quantiles(string name, List<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        foreach (double quantile in (double[])[0.5, 0.99])
        {
            yield return new Figure(Name, $"{name}, p{quantile * 100}", "ms", sorted[(int)(quantile * (sorted.Length - 1))], sorted[0], sorted[^1]);
        }
    }

    private Figure One(string name, string unit, double value) => new(Name, name, unit, value, value, value);
}
