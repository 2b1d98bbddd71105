using Harrier.Exchanges.Books;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Feeds;

/// <summary>What market feeds log.</summary>
internal static partial class FeedLog
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Warning, Message = "the book of {Symbol} is suspect: {Reason}")]
    public static partial void BookFault(ILogger logger, string symbol, BookFault reason);

    [LoggerMessage(EventId = 201, Level = LogLevel.Error, Message = "the book of {Symbol} could not be rebuilt in {Attempts} attempts; they go on slowly")]
    public static partial void BookGivenUp(ILogger logger, string symbol, int attempts);

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "no snapshot of {Symbol}: {Reason}")]
    public static partial void SnapshotFailed(ILogger logger, string symbol, string reason);
}
