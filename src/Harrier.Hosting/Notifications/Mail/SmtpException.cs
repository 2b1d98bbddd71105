namespace Harrier.Hosting.Notifications.Mail;

/// <summary>A mail server said no, or nothing that can be understood.</summary>
/// <param name="reason">What, without anything that we said.</param>
/// <param name="isFinal">True when the same would be refused again.</param>
public sealed class SmtpException(string reason, bool isFinal) : Exception(reason)
{
    /// <summary>True when the same would be refused again.</summary>
    public bool IsFinal { get; } = isFinal;
}
