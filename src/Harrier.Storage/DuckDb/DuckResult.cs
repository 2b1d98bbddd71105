using System.Runtime.InteropServices;
using System.Text;

namespace Harrier.Storage.DuckDb;

/// <summary>The rows of a query, read in chunks of up to 2048 whose columns are spans over the engine's own memory.</summary>
public sealed unsafe class DuckResult : IDisposable
{
    private readonly DuckHandle _result;
    private DuckHandle? _chunk;
    private nint[] _vectors = [];

    private DuckResult(DuckHandle connection) =>
        _result = new DuckHandle(connection, Free).Take((nint)NativeMemory.AllocZeroed((nuint)sizeof(DuckResultData)));

    /// <summary>Fills a result.</summary>
    internal delegate int Runner(DuckResultData* result);

    /// <summary>Number of columns.</summary>
    public int ColumnCount => (int)DuckDbNative.ColumnCount(Data);

    /// <summary>Rows of the chunk at hand.</summary>
    public int RowCount { get; private set; }

    internal DuckResultData* Data => (DuckResultData*)_result.Address;

    /// <summary>The name of a column.</summary>
    public string NameOf(int column) => DuckDbNative.Text(DuckDbNative.ColumnName(Data, (ulong)column));

    /// <summary>The type of a column.</summary>
    public DuckType TypeOf(int column) => DuckDbNative.ColumnType(Data, (ulong)column);

    /// <summary>Goes to the next chunk; spans of the one before are no longer valid.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="DuckDbException">A streamed query failed on its way.</exception>
    public bool Read()
    {
        FreeChunk();
        nint chunk = DuckDbNative.FetchChunk(*Data);
        if (chunk == 0)
        {
            string fault = DuckDbNative.Text(DuckDbNative.ResultError(Data));
            return fault.Length == 0 ? false : throw new DuckDbException(fault);
        }

        _chunk = new DuckHandle(null, DuckDbNative.DestroyChunk).Take(chunk);
        RowCount = (int)DuckDbNative.ChunkSize(chunk);
        _vectors = _vectors.Length > 0 ? _vectors : new nint[ColumnCount];
        for (int i = 0; i < _vectors.Length; i++)
        {
            _vectors[i] = DuckDbNative.ChunkVector(chunk, (ulong)i);
        }

        return true;
    }

    /// <summary>The values of a column of fixed width; those of null cells mean nothing.</summary>
    /// <typeparam name="T">The type that the column has in memory.</typeparam>
    public ReadOnlySpan<T> Column<T>(int column)
        where T : unmanaged => new((void*)DuckDbNative.VectorData(_vectors[column]), RowCount);

    /// <summary>True when no cell of a column can be null in this chunk.</summary>
    public bool IsFull(int column) => DuckDbNative.VectorValidity(_vectors[column]) == 0;

    /// <summary>True when a cell is null.</summary>
    public bool IsNull(int column, int row)
    {
        ulong* mask = (ulong*)DuckDbNative.VectorValidity(_vectors[column]);
        return mask != null && (mask[row >> 6] & (1UL << (row & 63))) == 0;
    }

    /// <summary>The bytes of a text cell.</summary>
    public ReadOnlySpan<byte> Bytes(int column, int row)
    {
        // 16 bytes a cell: the length, then up to 12 bytes of text, or 4 bytes of it and the address of all.
        byte* cell = (byte*)DuckDbNative.VectorData(_vectors[column]) + (row * 16L);
        int length = *(int*)cell;
        return new ReadOnlySpan<byte>(length <= 12 ? cell + 4 : *(byte**)(cell + 8), length);
    }

    /// <summary>The text of a cell.</summary>
    /// <returns>Null when the cell is.</returns>
    public string? Text(int column, int row) => IsNull(column, row) ? null : Encoding.UTF8.GetString(Bytes(column, row));

    /// <summary>Gives everything back.</summary>
    public void Dispose()
    {
        FreeChunk();
        _result.Dispose();
    }

    /// <summary>Runs something that fills a result.</summary>
    /// <param name="connection">What the result must not outlive.</param>
    /// <param name="run">Fills it, and gives 0 when it succeeds.</param>
    /// <exception cref="DuckDbException">It failed.</exception>
    internal static DuckResult Of(DuckHandle connection, Runner run)
    {
        DuckResult result = new(connection);
        if (run(result.Data) == 0)
        {
            return result;
        }

        string fault = DuckDbNative.Text(DuckDbNative.ResultError(result.Data));
        result.Dispose();
        throw new DuckDbException(fault);
    }

    private static void Free(ref nint address)
    {
        DuckDbNative.DestroyResult((DuckResultData*)address);
        NativeMemory.Free((void*)address);
        address = 0;
    }

    private void FreeChunk()
    {
        RowCount = 0;
        _chunk?.Dispose();
        _chunk = null;
    }
}
