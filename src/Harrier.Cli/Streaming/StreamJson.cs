using System.Buffers;
using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;

namespace Harrier.Cli.Streaming;

/// <summary>One JSON object per line: each symbol, and from time to time the statistics. Money is text.</summary>
internal sealed class StreamJson(TextWriter output, TextWriter errors) : IStreamView
{
    public void Show(StreamMoment moment)
    {
        foreach (SymbolStatus symbol in moment.Symbols)
        {
            Write(writer => Symbol(writer, moment, symbol));
        }

        if (moment.HasStatistics)
        {
            Write(writer => Statistics(writer, moment));
        }

        output.Flush();
    }

    /// <summary>The statistics of a stream as one JSON object.</summary>
    public static string Statistics(StreamMoment moment) => Object(writer => Statistics(writer, moment));

    public void Warn(string line) => errors.WriteLine(line);

    public void Dispose()
    {
    }

    private static void Symbol(Utf8JsonWriter writer, StreamMoment moment, SymbolStatus symbol)
    {
        writer.WriteString("type", "symbol");
        writer.WriteString("time", moment.Time.ToString());
        writer.WriteString("venue", moment.Venue.Name);
        writer.WriteString("symbol", symbol.Symbol);
        Money(writer, "last", symbol.Last);
        Money(writer, "bid", symbol.Bid);
        Money(writer, "ask", symbol.Ask);
        Number(writer, "spread_bps", (double?)symbol.SpreadBps);
        writer.WriteNumber("messages", symbol.Messages);
        Number(writer, "messages_per_second", symbol.MessagesPerSecond);
        writer.WriteNumber("trades", symbol.Trades);
        writer.WriteNumber("faults", symbol.Faults);
        Number(writer, "latency_ms", symbol.Latency?.TotalMilliseconds);
        Number(writer, "latency_p50_ms", symbol.LatencyP50?.TotalMilliseconds);
        Number(writer, "latency_p99_ms", symbol.LatencyP99?.TotalMilliseconds);
        writer.WriteString("book", symbol.Book?.ToString().ToLowerInvariant());
        Number(writer, "book_unverified_seconds", symbol.BookCounts?.TimeUnverified.TotalSeconds);
        Number(writer, "book_resyncs", symbol.BookCounts?.Resyncs);
        Number(writer, "book_gaps", symbol.BookCounts?.Gaps);
        writer.WriteNumber("reconnects", symbol.Reconnects);
        writer.WriteString("last_update", symbol.LastMessage?.ToString());
    }

    private static void Statistics(Utf8JsonWriter writer, StreamMoment moment)
    {
        writer.WriteString("type", "statistics");
        writer.WriteString("time", moment.Time.ToString());
        writer.WriteString("venue", moment.Venue.Name);
        writer.WriteString("start_time", moment.Started.ToString());
        writer.WriteNumber("total_messages", moment.TotalMessages);
        writer.WriteStartObject("messages_per_symbol");
        foreach (SymbolStatus symbol in moment.Symbols)
        {
            writer.WriteNumber(symbol.Symbol, symbol.Messages);
        }

        writer.WriteEndObject();
        writer.WriteString("last_update", moment.Symbols.Max(symbol => symbol.LastMessage)?.ToString());
        writer.WriteNumber("errors", moment.Errors);
        writer.WriteStartObject("connections");
        foreach ((string name, ConnectionStatus status) in moment.Connections.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject(name);
            Connection(writer, status);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Connection(Utf8JsonWriter writer, ConnectionStatus status)
    {
        writer.WriteString("state", status.State.ToString().ToLowerInvariant());
        writer.WriteStartObject("health");
        writer.WriteBoolean("is_healthy", status.Health.IsHealthy);
        writer.WriteBoolean("is_silent", status.Health.IsSilent);
        writer.WriteBoolean("pong_timeout", status.Health.HasPongTimeout);
        Number(writer, "error_ratio", status.Health.ErrorRatio);
        writer.WriteEndObject();
        writer.WriteNumber("reconnect_attempts", status.ReconnectAttempts);
        writer.WriteNumber("reconnects", status.Reconnects);
        writer.WriteNumber("rollovers", status.Rollovers);
        writer.WriteNumber("message_count", status.MessageCount);
        writer.WriteNumber("error_count", status.ErrorCount);
        writer.WriteNumber("queue_size", status.QueueSize);
        Number(writer, "ping_ms", status.Latency?.TotalMilliseconds);
        Number(writer, "uptime", status.Uptime);
        writer.WriteString("last_disconnect", status.LastDisconnect?.ToString());
    }

    private static void Money(Utf8JsonWriter writer, string name, decimal? value) => writer.WriteString(name, StreamLines.Money(value));

    private static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, Math.Round(number, 3));
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private void Write(Action<Utf8JsonWriter> body) => output.WriteLine(Object(body));

    private static string Object(Action<Utf8JsonWriter> body)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter writer = new(text))
        {
            writer.WriteStartObject();
            body(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
