using System.Globalization;

namespace Harrier.Exchanges.Tests.Support;

/// <summary>Text that one task writes and another reads.</summary>
internal sealed class SharedWriter : StringWriter
{
    private readonly Lock _gate = new();

    public SharedWriter()
        : base(CultureInfo.InvariantCulture)
    {
    }

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return ToString();
            }
        }
    }

    public override void Write(char value)
    {
        lock (_gate)
        {
            base.Write(value);
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            base.WriteLine(value);
        }
    }

    public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
    {
        WriteLine(buffer.ToString());
        return Task.CompletedTask;
    }
}
