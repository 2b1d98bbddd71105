using System.Globalization;
using System.Threading.Channels;

namespace Harrier.Bench.Orders;

/// <summary>What a load came to.</summary>
/// <param name="Latencies">Milliseconds of each order, from when it was due until its answer was read: waiting for a connection counts.</param>
/// <param name="Failed">Requests that were refused.</param>
/// <param name="Took">From the first order's due time to the last answer.</param>
internal sealed record LoadResult(List<double> Latencies, int Failed, TimeSpan Took);

/// <summary>
/// Orders at a fixed rate whatever the answers take: market orders of both sides, limit orders that rest and are canceled, and limit orders
/// that find nobody. The cancels come on top of the rate.
/// </summary>
internal sealed class OrderLoad : IAsyncDisposable
{
    private const int Connections = 16;
    private static readonly string[] Markets = [$"symbol={ExchangeScene.Symbol}&quantity=0.001", "symbol=ETHUSDT&quantity=0.02"];

    private readonly string _far;
    private readonly TimeProvider _time;
    private readonly OrderConnection[] _connections;
    private readonly Lock _gate = new();
    private int _number;

    public OrderLoad(ExchangeScene scene, TimeProvider time)
    {
        _far = scene.FarBelow.ToString(CultureInfo.InvariantCulture);
        _time = time;
        _connections = [.. Enumerable.Range(0, Connections).Select(_ => new OrderConnection(scene))];
    }

    /// <summary>Sends orders for a while.</summary>
    /// <param name="rate">Orders a second.</param>
    /// <param name="length">For how long orders become due.</param>
    public async Task<LoadResult> RunAsync(int rate, TimeSpan length)
    {
        LoadResult result = new([], 0, default);
        int failed = 0;
        long start = _time.GetTimestamp();
        Channel<TimeSpan> due = Channel.CreateUnbounded<TimeSpan>(new UnboundedChannelOptions { SingleWriter = true });
        Task[] senders = [.. _connections.Select(connection => Task.Run(async () =>
        {
            await foreach (TimeSpan when in due.Reader.ReadAllAsync())
            {
                bool isDone = await SendAsync(connection, Interlocked.Increment(ref _number));
                double latency = (_time.GetElapsedTime(start) - when).TotalMilliseconds;
                lock (_gate)
                {
                    result.Latencies.Add(latency);
                    failed += isDone ? 0 : 1;
                }
            }
        }))];
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(1), _time);
        long total = (long)(rate * length.TotalSeconds);
        for (long made = 0; made < total && await timer.WaitForNextTickAsync();)
        {
            for (double passed = _time.GetElapsedTime(start).TotalSeconds; made < total && made <= passed * rate; made++)
            {
                due.Writer.TryWrite(TimeSpan.FromSeconds(made / (double)rate));
            }
        }

        due.Writer.Complete();
        await Task.WhenAll(senders);
        return result with { Failed = failed, Took = _time.GetElapsedTime(start) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (OrderConnection connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private async ValueTask<bool> SendAsync(OrderConnection connection, int number)
    {
        string id = number.ToString(CultureInfo.InvariantCulture);
        string market = $"{Markets[number / 4 % Markets.Length]}&type=MARKET&newClientOrderId=l{id}";
        string limit = $"symbol={ExchangeScene.Symbol}&quantity=0.001&type=LIMIT&side=BUY&newClientOrderId=l{id}&price={_far}";
        return (number % 4) switch
        {
            0 => await connection.SendAsync("POST", $"{market}&side=BUY"),
            1 => await connection.SendAsync("POST", $"{market}&side=SELL"),
            2 => await connection.SendAsync("POST", $"{limit}&timeInForce=IOC"),
            _ => await connection.SendAsync("POST", $"{limit}&timeInForce=GTC")
                && await connection.SendAsync("DELETE", $"symbol={ExchangeScene.Symbol}&origClientOrderId=l{id}"),
        };
    }
}
