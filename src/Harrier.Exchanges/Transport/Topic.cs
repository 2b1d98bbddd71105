using Harrier.Domain;

namespace Harrier.Exchanges.Transport;

/// <summary>Takes a message of a topic; the span is valid during the call only.</summary>
public delegate void TopicCallback(ReadOnlySpan<byte> payload, Timestamp received);

/// <summary>A stream of a venue.</summary>
/// <param name="Name">The venue's name for it.</param>
/// <param name="ExpectedEvery">
/// Time in which a message normally comes; a topic that is silent for many times as long, or for many times what it is found to take, is
/// stale. Null where silence is normal.
/// </param>
public sealed record Topic(string Name, TimeSpan? ExpectedEvery = null);

/// <summary>What is wrong with a topic.</summary>
public enum TopicFaultKind : byte
{
    /// <summary>No message came since it was subscribed: its name may be wrong, which some venues accept without a word.</summary>
    NoFirstMessage = 0,

    /// <summary>It is silent for far longer than usual; it is subscribed again.</summary>
    Stale = 1,

    /// <summary>The venue refused it.</summary>
    Refused = 2,
}

/// <summary>Something is wrong with a topic.</summary>
/// <param name="Topic">Which.</param>
/// <param name="Kind">What.</param>
/// <param name="Silence">How long nothing came.</param>
/// <param name="Time">When it was noticed.</param>
public readonly record struct TopicFault(Topic Topic, TopicFaultKind Kind, TimeSpan Silence, Timestamp Time);

/// <summary>A topic at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Callbacks">How many get its messages.</param>
/// <param name="Messages">Messages so far.</param>
/// <param name="CallbackErrors">Times a callback failed.</param>
/// <param name="LastMessage">When the last came; null when none has.</param>
public readonly record struct TopicStatus(
    string Name, int Callbacks, long Messages, long CallbackErrors, Timestamp? LastMessage)
{
    /// <summary>Smoothed time between messages; zero before the second.</summary>
    public TimeSpan UsualGap { get; init; }

    /// <summary>True while it is silent for far longer than usual, or was refused.</summary>
    public bool IsStale { get; init; }
}
