using Harrier.Domain;
using Harrier.Storage.Ticks;

namespace Harrier.Cli.Streaming;

/// <summary>Writes the backup of a stream from time to time, and once more at the end.</summary>
/// <param name="backup">Where it goes.</param>
/// <param name="every">Time between two writings.</param>
internal sealed class StreamBackup(TickBackup backup, TimeSpan every)
{
    private Timestamp? _last;

    /// <summary>Takes a moment of the stream and writes when it is time.</summary>
    public void Show(StreamMoment moment)
    {
        _last ??= moment.Started;
        if (moment.IsEnd || moment.Time - _last.Value >= every)
        {
            _last = moment.Time;
            backup.Write(StreamJson.Statistics(moment));
        }
    }

    /// <summary>Writes what is left.</summary>
    public void End() => backup.Write(null);
}
