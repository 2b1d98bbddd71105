namespace Harrier.Exchanges.Transport;

/// <summary>Limits of the watch over topics.</summary>
public sealed record StreamSubscriptionOptions
{
    /// <summary>Time in which the first message of a topic that expects any must come.</summary>
    public TimeSpan FirstMessageTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time in which the venue must answer a request.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>No topic is stale before this.</summary>
    public TimeSpan MinSilence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A topic is stale after so many times its usual or expected gap.</summary>
    public double SilenceFactor { get; init; } = 20;

    /// <summary>Told about topics in trouble, with the watch's own thread: must not take long.</summary>
    public Action<TopicFault> OnFault { get; init; } = static _ => { };

    /// <summary>Told when all topics were asked for on a new session that follows a lost one; messages may have come before.</summary>
    public Action OnOpened { get; init; } = static () => { };

    /// <summary>Told when no session is open any more.</summary>
    public Action<DisconnectReason> OnLost { get; init; } = static _ => { };

    /// <summary>Called about once a second while a session is open.</summary>
    public Action<Harrier.Domain.Timestamp> OnTick { get; init; } = static _ => { };
}
