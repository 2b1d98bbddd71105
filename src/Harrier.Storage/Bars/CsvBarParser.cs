using System.Buffers;
using System.Runtime.CompilerServices;

namespace Harrier.Storage.Bars;

/// <summary>Reads bars from lines of text: detects header, delimiter and columns, then takes each row by the fast or the tolerant way.</summary>
internal sealed class CsvBarParser
{
    private const int BlockBytes = 1 << 20;
    private const int MaxLineBytes = 1 << 24;
    private readonly BarFileTarget _target;
    private readonly BarRowParser _rows;
    private BarColumns? _columns;
    private CsvRowScanner? _scanner;
    private int _line;

    /// <summary>A parser of one file.</summary>
    public CsvBarParser(BarFileTarget target)
    {
        _target = target;
        _rows = new BarRowParser(target.File, isText: true, target.Exact);
    }

    /// <summary>Set to false to read every row by the tolerant way.</summary>
    public bool AllowFastPath { get; init; } = true;

    /// <summary>The layout that was found; empty before the first row.</summary>
    public string Layout => _columns?.Description ?? "";

    /// <summary>Reads to the end.</summary>
    /// <param name="content">The text.</param>
    /// <param name="length">Its length in bytes when known, to make room at once; 0 otherwise.</param>
    /// <exception cref="BarDataException">A cell is malformed, a column is missing, or the text is no table.</exception>
    public void Parse(Stream content, long length)
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            int filled = 0;
            int read;
            while ((read = content.Read(block, filled, block.Length - filled - 1)) > 0)
            {
                filled += read;
                int complete = block.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
                ParseBlock(block.AsSpan(0, complete), length);
                block.AsSpan(complete, filled - complete).CopyTo(block);
                filled -= complete;
                if (filled == block.Length - 1)
                {
                    block = Grow(block);
                }
            }

            block[filled] = (byte)'\n';
            ParseBlock(block.AsSpan(0, filled == 0 ? 0 : filled + 1), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private byte[] Grow(byte[] block)
    {
        if (block.Length >= MaxLineBytes)
        {
            throw new BarDataException("data", $"{_rows.Place(_line + 1)}", $"lines of text with at most {MaxLineBytes} bytes");
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(block.Length * 2);
        block.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(block);
        return larger;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ParseBlock(ReadOnlySpan<byte> block, long length)
    {
        while (!block.IsEmpty)
        {
            BarRow row = BarRow.Create(++_line);
            int taken = _scanner?.TryRead(block, ref row) ?? -1;
            if (taken >= 0)
            {
                _target.Add(in row, _rows);
            }
            else
            {
                taken = block.IndexOf((byte)'\n') + 1;
                ParseLine(block[..(taken - 1)].Trim(" \r"u8), length / taken);
            }

            block = block[taken..];
        }
    }

    private void ParseLine(ReadOnlySpan<byte> line, long expectedRows)
    {
        line = _line == 1 && line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        if (line.IsEmpty || line[0] == '#')
        {
            return;
        }

        if (_columns is null)
        {
            _columns = BarColumns.Detect(line, _rows.Place(_line));
            if (_columns is null && _line > 5)
            {
                throw BarDataException.Cell(_rows.Place(_line), "time", line, "a header, or rows that start with a time");
            }

            if (_columns is null || _columns.HasHeader)
            {
                return;
            }

            _target.Table.Expect(expectedRows);
        }

        _target.Table.Expect(_target.Table.Rows == 0 ? expectedRows : 0);
        _scanner ??= AllowFastPath && _columns.Delimiter == ',' ? new CsvRowScanner(_columns) : null;
        ParseRow(line);
    }

    private void ParseRow(ReadOnlySpan<byte> line)
    {
        BarRow row = BarRow.Create(_line);
        ReadOnlySpan<byte> rest = line;
        ReadOnlySpan<BarField> fields = _columns!.Fields;
        string? ticker = null;
        for (int column = 0; column < fields.Length; column++)
        {
            if (rest.IsEmpty && fields[column] is not (BarField.Skip or >= BarField.QuoteVolume))
            {
                throw BarDataException.Cell(_rows.Place(_line), fields[column].ToString().ToLowerInvariant(), line, "a row with all columns of the layout");
            }

            ReadOnlySpan<byte> cell = NextCell(ref rest);
            if (fields[column] == BarField.Ticker)
            {
                ticker = _rows.ReadTicker(in row, cell);
                AcceptTicker(ticker, cell);
            }
            else if (fields[column] != BarField.Skip)
            {
                _rows.Read(ref row, fields[column], cell, isJsonNumber: false);
            }
        }

        _target.Add(in row, _rows, ticker);
    }

    private void AcceptTicker(string ticker, ReadOnlySpan<byte> cell)
    {
        if (_target.IsWanted(ticker))
        {
            _scanner?.AcceptTicker(cell);
        }
    }

    // Cells of numbers and times need no escape rules: a quote only surrounds.
    private ReadOnlySpan<byte> NextCell(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf(_columns!.Delimiter);
        ReadOnlySpan<byte> cell = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return cell.Trim(" \"'\r"u8);
    }
}
