using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Transport;

/// <summary>What connections log.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Information, Message = "{Connection}: session {Session} is open")]
    public static partial void SessionOpened(ILogger logger, string connection, int session);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "{Connection}: session {Session} ended: {Reason}")]
    public static partial void SessionEnded(ILogger logger, string connection, int session, string reason);

    [LoggerMessage(EventId = 110, Level = LogLevel.Information, Message = "{Connection}: session {Session} is closed")]
    public static partial void SessionClosed(ILogger logger, string connection, int session);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "{Connection}: attempt failed: {Reason}")]
    public static partial void AttemptFailed(ILogger logger, string connection, string reason);

    [LoggerMessage(EventId = 103, Level = LogLevel.Error, Message = "{Connection}: {Failures} failures in a row, from now on one attempt every {Wait}")]
    public static partial void SlowRetry(ILogger logger, string connection, int failures, TimeSpan wait);

    [LoggerMessage(EventId = 104, Level = LogLevel.Information, Message = "{Connection}: session {Newer} takes over from session {Older}")]
    public static partial void Replacing(ILogger logger, string connection, int newer, int older);

    [LoggerMessage(EventId = 105, Level = LogLevel.Error, Message = "{Connection}: a message of {Bytes} bytes could not be handled")]
    public static partial void MessageFailed(ILogger logger, Exception fault, string connection, int bytes);

    [LoggerMessage(EventId = 106, Level = LogLevel.Error, Message = "a callback of {Topic} failed; the others still get their data")]
    public static partial void CallbackFailed(ILogger logger, Exception fault, string topic);

    [LoggerMessage(EventId = 107, Level = LogLevel.Warning, Message = "{Topic} was subscribed {Waited} ago and no message came: is the name right?")]
    public static partial void NoFirstMessage(ILogger logger, string topic, TimeSpan waited);

    [LoggerMessage(EventId = 108, Level = LogLevel.Warning, Message = "{Topic} is silent for {Silence}; it is subscribed again")]
    public static partial void TopicStale(ILogger logger, string topic, TimeSpan silence);

    [LoggerMessage(EventId = 109, Level = LogLevel.Warning, Message = "the venue refused a subscription message: {Answer}")]
    public static partial void SubscriptionRefused(ILogger logger, string answer);
}
