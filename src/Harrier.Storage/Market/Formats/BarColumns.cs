using Harrier.Domain;
using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Formats;

/// <summary>Moves whole columns of bars.</summary>
internal static class BarColumns
{
    /// <summary>Fills a block with the bars of a chunk.</summary>
    public static void Read(DuckResult chunk, BarBlock block)
    {
        int count = chunk.RowCount;
        block.Count = count;
        ReadOnlySpan<long> micros = chunk.Column<long>(0);
        Span<long> times = block.TimesToFill[..count];
        for (int i = 0; i < times.Length; i++)
        {
            times[i] = micros[i] * 1000;
        }

        for (int column = 0; column < BarBlock.ValueColumns; column++)
        {
            Span<double> values = block.ValuesToFill(column)[..count];
            if (column + 1 >= chunk.ColumnCount)
            {
                values.Fill(double.NaN);
                continue;
            }

            chunk.Column<double>(column + 1).CopyTo(values);
            FillNulls(chunk, column + 1, values, double.NaN);
        }

        Span<long> counts = block.TradeCountsToFill[..count];
        if (chunk.ColumnCount <= BarFormat.TradeCount)
        {
            counts.Fill(-1);
            return;
        }

        chunk.Column<long>(BarFormat.TradeCount).CopyTo(counts);
        FillNulls(chunk, BarFormat.TradeCount, counts, -1);
    }

    /// <summary>Adds bars to a table.</summary>
    public static void Write(DuckAppender appender, BarColumnSet bars)
    {
        ReadOnlySpan<long> times = bars.OpenTimeNanos.Span;
        ReadOnlyMemory<double>?[] values = bars.Values;
        for (int start = 0; start < times.Length; start += DuckAppender.Capacity)
        {
            int count = Math.Min(DuckAppender.Capacity, times.Length - start);
            appender.Begin(count);
            Span<long> micros = appender.Column<long>(0)[..count];
            for (int i = 0; i < micros.Length; i++)
            {
                micros[i] = times[start + i] / 1000;
            }

            for (int column = 0; column < values.Length; column++)
            {
                WriteColumn(appender, column + 1, values[column], start, count);
            }

            WriteColumn(appender, BarFormat.TradeCount, bars.TradeCount, start, count);
            appender.SetNull(BarFormat.TradeCount + 1);
            appender.End();
        }
    }

    /// <summary>Sees that every bar opens after the one before it.</summary>
    /// <returns>The time of the last bar.</returns>
    /// <exception cref="StoreException">One does not.</exception>
    public static long CheckOrder(BarBlock block, long last, string path)
    {
        foreach (long time in block.OpenTimeNanos)
        {
            if (time <= last)
            {
                throw new StoreException(path, $"the bar at {new Timestamp(time)} does not follow {new Timestamp(last)}", "data check names all such bars, data repair puts them right");
            }

            last = time;
        }

        return last;
    }

    private static void WriteColumn<T>(DuckAppender appender, int column, ReadOnlyMemory<T>? values, int start, int count)
        where T : unmanaged
    {
        if (values is { } given)
        {
            given.Span.Slice(start, count).CopyTo(appender.Column<T>(column));
        }
        else
        {
            appender.SetNull(column);
        }
    }

    private static void FillNulls<T>(DuckResult chunk, int column, Span<T> values, T missing)
    {
        if (chunk.IsFull(column))
        {
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (chunk.IsNull(column, i))
            {
                values[i] = missing;
            }
        }
    }
}
