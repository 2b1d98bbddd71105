using System.Diagnostics.Metrics;
using Harrier.Domain;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Transport;

namespace Harrier.Hosting.Metering;

/// <summary>Connections, books and request budgets of exchanges. Accounts at one exchange have a feed each; their figures are added up, or the worst of them is shown.</summary>
internal sealed class VenueMeters
{
    private readonly TimeProvider _time;
    private readonly List<MarketStream> _streams = [];
    private readonly Lock _gate = new();

    public VenueMeters(Meter meter, TimeProvider time)
    {
        _time = time;
        AddConnections(meter);
        AddMessages(meter);
        AddBooks(meter);
        AddBudgets(meter);
    }

    public void Add(MarketStream stream)
    {
        lock (_gate)
        {
            if (!_streams.Contains(stream))
            {
                _streams.Add(stream);
            }
        }
    }

    private void AddConnections(Meter meter)
    {
        meter.CreateObservableGauge(
            "websocket_connections_active",
            () => ByExchange(static stream => Connections(stream).Count(static one => one.State == ConnectionState.Connected), static (a, b) => a + b),
            null,
            "Open WebSocket connections to an exchange.");
        meter.CreateObservableCounter("websocket_errors_total", Errors, null, "Lost sessions, failed attempts and messages that could not be used, of WebSocket connections to an exchange.");
        meter.CreateObservableCounter(
            "harrier_websocket_reconnects_total",
            () => ByExchange(static stream => Connections(stream).Sum(static one => one.Reconnects), static (a, b) => a + b),
            null,
            "Sessions opened after one was lost.");
        meter.CreateObservableGauge(
            "harrier_websocket_healthy_ratio",
            () => ByExchange(
                static stream => Connections(stream) is { Count: > 0 } all ? all.Count(static one => one.Health.IsHealthy) / (double)all.Count : (double?)null,
                Math.Min),
            null,
            "Part of the connections to an exchange that are open, not silent, and answer pings.");
        meter.CreateObservableGauge(
            "harrier_websocket_latency_seconds",
            () => ByExchange(static stream => Connections(stream).Max(static one => one.Latency?.TotalSeconds), Math.Max),
            null,
            "Smoothed time from ping to pong, the longest of an exchange.");
    }

    private void AddMessages(Meter meter)
    {
        meter.CreateObservableCounter("websocket_messages_total", Messages, null, "Messages of an exchange about its market: of type book, or trade where they are of trades and prices.");
        meter.CreateObservableGauge(
            "harrier_feed_last_message_timestamp_seconds",
            () => ByExchange(stream => Symbols(stream).Max(static one => one.LastMessage?.Nanos / 1e9), Math.Max),
            null,
            "When the last message of an exchange came.");
        meter.CreateObservableGauge(
            "harrier_feed_latency_seconds",
            () => ByExchange(stream => Symbols(stream).Max(static one => one.LatencyP99?.TotalSeconds), Math.Max),
            null,
            "99th percentile of the time from the exchange's clock to ours, of its slowest symbol; how far the clocks disagree is in it.");
    }

    private void AddBooks(Meter meter)
    {
        Books("harrier_book_gaps_total", "Gaps in the updates of order books.", static book => book.Gaps);
        Books("harrier_book_resyncs_total", "Order books made anew.", static book => book.Resyncs);
        meter.CreateObservableGauge(
            "harrier_book_verified_ratio",
            () => ByExchange(
                stream => Symbols(stream).Where(static one => one.Book is not null).ToArray() is { Length: > 0 } kept ? kept.Count(static one => one.Book == BookState.Verified) / (double)kept.Length : (double?)null,
                Math.Min),
            null,
            "Part of the order books of an exchange that are verified.");

        void Books(string name, string description, Func<BookStatistics, long> read) => meter.CreateObservableCounter(
            name, () => ByExchange(stream => Symbols(stream).Sum(one => one.BookCounts is { } counts ? read(counts) : 0), static (a, b) => a + b), null, description);
    }

    private void AddBudgets(Meter meter)
    {
        meter.CreateObservableGauge("harrier_rate_budget_used_ratio", Budgets, null, "How much of a limit on requests is used up, as the exchange counts.");
        meter.CreateObservableCounter(
            "harrier_rate_budget_blocked_total",
            () => ByExchange(static stream => stream.Budget.Statistics.BlockedRequests, static (a, b) => a + b),
            null,
            "Requests that were not sent for the sake of limits.");
        meter.CreateObservableGauge(
            "harrier_rate_budget_circuit_open",
            () => ByExchange(static stream => stream.Budget.Statistics.CircuitState == CircuitState.Closed ? 0 : 1, Math.Max),
            null,
            "1 while requests to an exchange rest because it refused too often.");
    }

    private IEnumerable<Measurement<long>> Messages()
    {
        foreach (IGrouping<string, SymbolStatus> exchange in Grouped(Symbols))
        {
            long books = exchange.Sum(static one => one.BookMessages);
            yield return new Measurement<long>(books, Label.Of(Label.Exchange, exchange.Key), Label.Of("message_type", "book"));
            yield return new Measurement<long>(exchange.Sum(static one => one.Messages) - books, Label.Of(Label.Exchange, exchange.Key), Label.Of("message_type", "trade"));
        }
    }

    private IEnumerable<Measurement<long>> Errors()
    {
        foreach (MarketStream[] exchange in Streams().GroupBy(static stream => stream.Venue.Name, StringComparer.Ordinal).Select(static group => group.ToArray()))
        {
            string name = exchange[0].Venue.Name;
            yield return new Measurement<long>(exchange.SelectMany(Connections).Sum(static one => one.ErrorCount), Label.Of(Label.Exchange, name), Label.Of("error_type", "connection"));
            yield return new Measurement<long>(exchange.SelectMany(Symbols).Sum(static one => one.Faults), Label.Of(Label.Exchange, name), Label.Of("error_type", "message"));
        }
    }

    private IEnumerable<Measurement<double>> Budgets()
    {
        foreach (IGrouping<string, (string Window, double Used)> exchange in Grouped(static stream =>
        {
            RequestBudgetStatistics budget = stream.Budget.Statistics;
            return budget.Windows.Select(window => (window.Key, window.Value / (double)budget.Limits[window.Key]));
        }))
        {
            foreach (IGrouping<string, double> window in exchange.GroupBy(static one => one.Window, static one => one.Used, StringComparer.Ordinal))
            {
                yield return new Measurement<double>(window.Max(), Label.Of(Label.Exchange, exchange.Key), Label.Of("window", window.Key));
            }
        }
    }

    private IEnumerable<IGrouping<string, T>> Grouped<T>(Func<MarketStream, IEnumerable<T>> read) =>
        Streams().SelectMany(stream => read(stream).Select(value => (stream.Venue.Name, Value: value))).GroupBy(static pair => pair.Name, static pair => pair.Value, StringComparer.Ordinal);

    private IEnumerable<Measurement<double>> ByExchange(Func<MarketStream, double?> read, Func<double, double, double> join) =>
        Streams()
            .Select(stream => (stream.Venue.Name, Value: read(stream)))
            .Where(static pair => pair.Value is not null)
            .GroupBy(static pair => pair.Name, static pair => pair.Value!.Value, StringComparer.Ordinal)
            .Select(group => new Measurement<double>(group.Aggregate(join), Label.Of(Label.Exchange, group.Key)));

    private static IReadOnlyList<ConnectionStatus> Connections(MarketStream stream) => [.. stream.Connections.GetAllStatuses().Values];

    private IReadOnlyList<SymbolStatus> Symbols(MarketStream stream) => stream.Read(Timestamp.From(_time.GetUtcNow()));

    private MarketStream[] Streams()
    {
        lock (_gate)
        {
            return [.. _streams];
        }
    }
}
