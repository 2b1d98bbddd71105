namespace Harrier.Storage.DuckDb;

/// <summary>Adds rows to the end of a table, in chunks of up to <see cref="Capacity"/> whose columns are written as spans.</summary>
public sealed unsafe class DuckAppender : IDisposable
{
    /// <summary>The most rows of one chunk.</summary>
    public const int Capacity = 2048;

    private readonly DuckHandle _appender;
    private readonly DuckHandle _chunk;
    private readonly nint[] _vectors;

    internal DuckAppender(DuckHandle appender, ReadOnlySpan<DuckType> types)
    {
        _appender = appender;
        _chunk = CreateChunk(types);
        _vectors = new nint[types.Length];
    }

    /// <summary>Empties the chunk, and makes room for a number of rows in it.</summary>
    public void Begin(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Capacity);
        DuckDbNative.ResetChunk(_chunk.Address);
        DuckDbNative.SetChunkSize(_chunk.Address, (ulong)rows);
        for (int i = 0; i < _vectors.Length; i++)
        {
            _vectors[i] = DuckDbNative.ChunkVector(_chunk.Address, (ulong)i);
        }
    }

    /// <summary>Where to write the values of a column of fixed width.</summary>
    /// <typeparam name="T">The type that the column has in memory.</typeparam>
    public Span<T> Column<T>(int column)
        where T : unmanaged => new((void*)DuckDbNative.VectorData(_vectors[column]), Capacity);

    /// <summary>Makes a cell null.</summary>
    public void SetNull(int column, int row) => Validity(column)[row >> 6] &= ~(1UL << (row & 63));

    /// <summary>Makes all cells of a column null.</summary>
    public void SetNull(int column) => new Span<ulong>(Validity(column), Capacity / 64).Clear();

    /// <summary>Writes a text cell.</summary>
    public void SetText(int column, int row, ReadOnlySpan<byte> text) => DuckDbNative.AssignText(_vectors[column], (ulong)row, text, (ulong)text.Length);

    /// <summary>Adds the rows of the chunk to the table.</summary>
    /// <exception cref="DuckDbException">They do not fit the table.</exception>
    public void End() => Check(DuckDbNative.AppendChunk(_appender.Address, _chunk.Address));

    /// <summary>Hands everything to the table.</summary>
    /// <exception cref="DuckDbException">That failed.</exception>
    public void Close() => Check(DuckDbNative.CloseAppender(_appender.Address));

    /// <summary>Gives everything back; what was not handed over may be lost.</summary>
    public void Dispose()
    {
        _chunk.Dispose();
        _appender.Dispose();
    }

    private static DuckHandle CreateChunk(ReadOnlySpan<DuckType> types)
    {
        nint[] logical = new nint[types.Length];
        for (int i = 0; i < logical.Length; i++)
        {
            logical[i] = DuckDbNative.CreateType(types[i]);
        }

        nint chunk = DuckDbNative.CreateChunk(logical, (ulong)logical.Length);
        for (int i = 0; i < logical.Length; i++)
        {
            DuckDbNative.DestroyType(ref logical[i]);
        }

        return new DuckHandle(null, DuckDbNative.DestroyChunk).Take(chunk);
    }

    private ulong* Validity(int column)
    {
        DuckDbNative.EnsureValidityWritable(_vectors[column]);
        return (ulong*)DuckDbNative.VectorValidity(_vectors[column]);
    }

    private void Check(int state)
    {
        if (state != 0)
        {
            throw new DuckDbException(DuckDbNative.Text(DuckDbNative.AppenderError(_appender.Address)));
        }
    }
}
