namespace Harrier.Hosting.Notifications.Settings;

/// <summary>What is told outside, and by which ways.</summary>
/// <param name="Channels">The channels, at least one.</param>
public sealed record NotificationSettings(IReadOnlyList<ChannelSettings> Channels)
{
    /// <summary>When the summary of a day is told.</summary>
    /// <value>Midnight.</value>
    public TimeOnly SummaryAt { get; init; }

    /// <summary>Whose clocks say when.</summary>
    /// <value>UTC.</value>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}

/// <summary>A channel as configured.</summary>
public abstract record ChannelSettings
{
    /// <summary>The name, of its own.</summary>
    public required string Name { get; init; }

    /// <summary>Code of its language.</summary>
    /// <value>English.</value>
    public string Language { get; init; } = "en";

    /// <summary>What it is told.</summary>
    public required IReadOnlyList<NotificationKind> Kinds { get; init; }

    /// <summary>Most messages a minute.</summary>
    public required int PerMinute { get; init; }
}

/// <summary>A chat of Telegram.</summary>
public sealed record TelegramSettings : ChannelSettings
{
    /// <summary>The bot's token.</summary>
    public required NamedSecret Token { get; init; }

    /// <summary>Number of the chat: a user's, or below 0 that of a group.</summary>
    public required long Chat { get; init; }

    /// <summary>Numbers of the users who may ask and order; with none, nobody may.</summary>
    public IReadOnlyList<long> Users { get; init; } = [];

    /// <summary>Where the API is.</summary>
    /// <value>Telegram's own.</value>
    public Uri Address { get; init; } = new("https://api.telegram.org");
}

/// <summary>How a connection to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>It begins in clear text and is encrypted before anything else is said; a server that does not offer it is refused.</summary>
    StartTls = 0,

    /// <summary>It is encrypted from the first byte.</summary>
    Tls = 1,

    /// <summary>It stays in clear text; only to this machine.</summary>
    None = 2,
}

/// <summary>Mail by SMTP.</summary>
public sealed record MailSettings : ChannelSettings
{
    /// <summary>The server.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public required int Port { get; init; }

    /// <summary>How the connection is protected.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>Who signs in; null where nobody does.</summary>
    public string? User { get; init; }

    /// <summary>The password; there when <see cref="User"/> is.</summary>
    public NamedSecret? Password { get; init; }

    /// <summary>Whose mail it is.</summary>
    public required string From { get; init; }

    /// <summary>Who gets it, at least one.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>A file of certificates (PEM) that are trusted in place of the system's; null for the system's.</summary>
    public string? TrustedCertificates { get; init; }
}

/// <summary>A program that is told over HTTP.</summary>
public sealed record WebhookSettings : ChannelSettings
{
    /// <summary>The address, which may hold a secret of its own.</summary>
    public required NamedSecret Url { get; init; }

    /// <summary>The key of the signature: <c>whsec_</c> and Base64.</summary>
    public required NamedSecret Secret { get; init; }
}
