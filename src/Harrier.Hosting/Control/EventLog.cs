using System.Text;
using System.Text.Json;
using Harrier.Hosting.Accounts;

namespace Harrier.Hosting.Control;

/// <summary>An event as it is shown to who watches from outside.</summary>
/// <param name="Number">1, 2, 3, ... in the order in which events came.</param>
/// <param name="Text">One line for people.</param>
/// <param name="Json">One JSON object.</param>
public sealed record LoggedEvent(long Number, string Text, string Json);

/// <summary>The latest events of a run, bounded: who asks too late has missed some. Safe to use from any thread.</summary>
public sealed class EventLog
{
    /// <summary>Events that are kept.</summary>
    public const int Length = 1000;

    private readonly Queue<LoggedEvent> _events = new(Length);
    private readonly Lock _gate = new();
    private long _last;

    /// <summary>Told every event, in their order and on the thread of whose it is: whoever listens returns at once.</summary>
    public event Action<AccountEvent, LoggedEvent>? Happened;

    /// <summary>Number of the newest event; 0 before the first.</summary>
    public long Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>Takes an event.</summary>
    public void Add(AccountEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            EventJson.Write(json, happened);
            json.WriteEndObject();
        }

        string text = $"{RunText.Of(happened.Time)} {RunText.Of(happened)}";
        lock (_gate)
        {
            if (_events.Count == Length)
            {
                _events.Dequeue();
            }

            LoggedEvent logged = new(++_last, text, Encoding.UTF8.GetString(bytes.ToArray()));
            _events.Enqueue(logged);
            Happened?.Invoke(happened, logged);
        }
    }

    /// <summary>Events after one, oldest first.</summary>
    public IReadOnlyList<LoggedEvent> After(long number)
    {
        lock (_gate)
        {
            return [.. _events.Where(one => one.Number > number)];
        }
    }
}
