namespace Harrier.Hosting.Notifications.Mail;

/// <summary>What a mail server says to a command.</summary>
/// <param name="Code">Three digits: 2 and 3 first for yes, 4 for not now, 5 for no.</param>
/// <param name="Lines">Its words.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines);
