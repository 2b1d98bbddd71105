using System.Text;

namespace Harrier.Storage.Ticks;

/// <summary>
/// A file of ticks that only grows. What a crash left of a line is cut off before the first append; what a failed append left is cut off at once or at the
/// next, so that no line is written twice and none is half.
/// </summary>
internal sealed class TickFile
{
    private static readonly byte[] _header = Encoding.UTF8.GetBytes(TickCsv.Header + "\n");

    private readonly string _path;
    private long? _good;

    private TickFile(string path) => _path = path;

    /// <summary>The file of a symbol and a day, or the next name where that file is none of ours.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TickFile Of(string folder, string name)
    {
        string path = Path.Combine(folder, name + ".csv");
        for (int i = 1; !IsOurs(path); i++)
        {
            path = Path.Combine(folder, $"{name}-{i}.csv");
        }

        return new TickFile(path);
    }

    /// <summary>Appends lines and waits until the disk has them.</summary>
    /// <exception cref="IOException">The disk refused; none of them is in the file.</exception>
    public void Append(string lines)
    {
        using FileStream file = new(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        _good ??= EndOfLastLine(file);
        byte[] text = Encoding.UTF8.GetBytes(lines);
        try
        {
            file.SetLength(_good.Value);
            file.Position = _good.Value;
            if (_good == 0)
            {
                file.Write(_header);
            }

            file.Write(text);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(Math.Min(file.Length, _good.Value));
            throw;
        }

        _good += text.Length + (_good == 0 ? _header.Length : 0);
    }

    // A header that a crash cut short is ours as well.
    private static bool IsOurs(string path)
    {
        if (!File.Exists(path))
        {
            return true;
        }

        using FileStream file = File.OpenRead(path);
        byte[] head = new byte[_header.Length];
        int count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return _header.AsSpan().StartsWith(head.AsSpan(0, count));
    }

    private static long EndOfLastLine(FileStream file)
    {
        byte[] bytes = new byte[4096];
        for (long end = file.Length; end > 0;)
        {
            int count = (int)Math.Min(bytes.Length, end);
            file.Position = end - count;
            file.ReadExactly(bytes, 0, count);
            int last = Array.LastIndexOf(bytes, (byte)'\n', count - 1, count);
            if (last >= 0)
            {
                return end - count + last + 1;
            }

            end -= count;
        }

        return 0;
    }
}
