using System.Buffers.Text;
using System.Globalization;
using Harrier.Domain;

namespace Harrier.Storage.Market.Formats;

/// <summary>Writes lines of comma-separated text; numbers are exact and without zeros at the end of their fraction.</summary>
/// <param name="output">Gets UTF-8; stays open.</param>
internal sealed class CsvLine(Stream output)
{
    private const int Room = 64;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _length;
    private bool _isInLine;

    /// <summary>Writes the line of the columns' names.</summary>
    public void Header(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Word(name);
        }

        End();
    }

    /// <summary>Writes a time as ISO 8601 with Z.</summary>
    public void Time(Timestamp time)
    {
        Begin();
        DateTime utc = time.ToDateTimeOffset().UtcDateTime;
        _ = utc.TryFormat(_buffer.AsSpan(_length), out int written, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        _length += written;
        long fraction = ((time.Nanos % Timestamp.NanosPerSecond) + Timestamp.NanosPerSecond) % Timestamp.NanosPerSecond;
        if (fraction > 0)
        {
            int digits = fraction % 1_000_000 == 0 ? 3 : fraction % 1000 == 0 ? 6 : 9;
            for (int i = digits; i < 9; i++)
            {
                fraction /= 10;
            }

            _buffer[_length++] = (byte)'.';
            _ = Utf8Formatter.TryFormat(fraction, _buffer.AsSpan(_length), out written, new System.Buffers.StandardFormat('D', (byte)digits));
            _length += written;
        }

        _buffer[_length++] = (byte)'Z';
    }

    /// <summary>Writes a number, or nothing.</summary>
    public void Number(decimal? value)
    {
        Begin();
        if (value is { } number)
        {
            _ = Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out int written);
            int end = _length + written;
            if (_buffer.AsSpan(_length, written).Contains((byte)'.'))
            {
                while (_buffer[end - 1] == '0')
                {
                    end--;
                }

                end -= _buffer[end - 1] == '.' ? 1 : 0;
            }

            _length = end;
        }
    }

    /// <summary>Writes a whole number, or nothing.</summary>
    public void Integer(long? value)
    {
        Begin();
        if (value is { } number)
        {
            _ = Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out int written);
            _length += written;
        }
    }

    /// <summary>Writes a word of plain letters.</summary>
    public void Word(string word)
    {
        Begin();
        _length += System.Text.Encoding.UTF8.GetBytes(word, _buffer.AsSpan(_length));
    }

    /// <summary>Ends the line.</summary>
    public void End()
    {
        _buffer[_length++] = (byte)'\n';
        _isInLine = false;
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        output.Write(_buffer, 0, _length);
        _length = 0;
    }

    private void Begin()
    {
        if (_length + Room > _buffer.Length)
        {
            Flush();
        }

        if (_isInLine)
        {
            _buffer[_length++] = (byte)',';
        }

        _isInLine = true;
    }
}
