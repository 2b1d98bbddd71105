namespace Harrier.Hosting.Notifications;

/// <summary>Counts notifications of one topic that follow each other soon, so that they are told once. Belongs to one task.</summary>
/// <param name="quiet">How long a topic is quiet after it was told.</param>
internal sealed class RepeatFilter(TimeSpan quiet)
{
    private const int MostTopics = 1000;

    private readonly Dictionary<string, (DateTimeOffset Until, int Count, Notification? Last)> _topics = new(StringComparer.Ordinal);

    /// <summary>When the next count is to be told; null where nothing was counted.</summary>
    public DateTimeOffset? NextDue => _topics.Values.Where(static one => one.Count > 0).Select(static one => (DateTimeOffset?)one.Until).Min();

    /// <summary>Whether a notification repeats what was told just now; then it is counted.</summary>
    public bool IsRepeat(Notification notification, DateTimeOffset now)
    {
        if (notification.Topic is not { } topic)
        {
            return false;
        }

        if (_topics.TryGetValue(topic, out (DateTimeOffset Until, int Count, Notification? Last) known) && known.Until > now)
        {
            _topics[topic] = known with { Count = known.Count + 1, Last = notification };
            return true;
        }

        if (known.Count == 0 && _topics.Count < MostTopics)
        {
            _topics[topic] = (now + quiet, 0, null);
        }

        return false;
    }

    /// <summary>The counts of topics whose quiet time has ended, each as its latest notification; the topic is quiet again.</summary>
    /// <param name="now">The time.</param>
    /// <param name="all">True for all counts, ended or not.</param>
    public IReadOnlyList<Notification> Take(DateTimeOffset now, bool all = false)
    {
        List<Notification> due = [];
        foreach ((string topic, (DateTimeOffset until, int count, Notification? last)) in _topics.ToArray())
        {
            if (until > now && !all)
            {
                continue;
            }

            _topics.Remove(topic);
            if (count > 0)
            {
                due.Add(last! with { Repeats = count - 1 });
                _topics[topic] = (now + quiet, 0, null);
            }
        }

        return due;
    }
}
