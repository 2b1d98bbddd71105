using System.Globalization;
using System.Net.Mail;
using System.Text.Json.Nodes;
using Harrier.Exchanges;
using Harrier.Hosting.Notifications;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Hosting.Notifications.Webhooks;

namespace Harrier.Hosting.Configuration;

/// <summary>The section <c>notifications</c> of a configuration.</summary>
internal static class NotificationSection
{
    private const string Key = "notifications";
    private const string NameAllowed = "up to 40 small letters, digits and dashes, a letter first";
    private const string UrlAllowed = "an address that begins with https://, or with http:// on this machine";

    private static readonly string[] Kinds = ["telegram", "email", "webhook"];
    private static readonly string[] Securities = ["starttls", "tls", "none"];
    private static readonly string[] Events = [.. Enum.GetNames<NotificationKind>().Select(static name => name.ToLowerInvariant())];
    private static readonly NotificationKind[] Usual = [NotificationKind.Trades, NotificationKind.Bots, NotificationKind.Risk, NotificationKind.Alerts, NotificationKind.Errors, NotificationKind.Summary];

    /// <summary>Reads it.</summary>
    /// <returns>The settings; null where nothing is to be told.</returns>
    public static NotificationSettings? Read(Section root)
    {
        if (!root.Has(Key))
        {
            return null;
        }

        Section section = root.Child(Key);
        List<ChannelSettings> channels = [];
        foreach (Section one in section.Sections("channels"))
        {
            if (ReadChannel(one) is { } channel)
            {
                if (channels.Exists(other => other.Name == channel.Name))
                {
                    one.Fault("name", channel.Name, "a name that no other channel has");
                }

                channels.Add(channel);
            }

            one.RefuseOthers();
        }

        NotificationSettings settings = new(channels) { SummaryAt = ReadTime(section), Zone = ReadZone(section) };
        section.RefuseOthers();
        return settings;
    }

    /// <summary>Writes it as it is read; of secrets, where they come from.</summary>
    public static JsonObject Of(NotificationSettings settings) => new()
    {
        ["summary_at"] = settings.SummaryAt.ToString("HH:mm", CultureInfo.InvariantCulture),
        ["zone"] = settings.Zone.Id,
        ["channels"] = new JsonArray([.. settings.Channels.Select(Of)]),
    };

    private static JsonObject Of(ChannelSettings channel)
    {
        JsonObject written = new()
        {
            ["name"] = channel.Name,
            ["kind"] = Kinds[channel is TelegramSettings ? 0 : channel is MailSettings ? 1 : 2],
            ["language"] = channel.Language,
            ["events"] = new JsonArray([.. channel.Kinds.Select(static kind => (JsonNode)Events[(int)kind])]),
            ["per_minute"] = channel.PerMinute,
        };
        IEnumerable<KeyValuePair<string, JsonNode?>> own = channel switch
        {
            TelegramSettings telegram =>
            [
                new("token", telegram.Token.Source),
                new("chat", telegram.Chat),
                new("users", new JsonArray([.. telegram.Users.Select(static user => (JsonNode)user)])),
                new("url", telegram.Address.AbsoluteUri),
            ],
            MailSettings mail =>
            [
                new("host", mail.Host),
                new("port", mail.Port),
                new("security", Securities[(int)mail.Security]),
                new("user", mail.User),
                new("password", mail.Password?.Source),
                new("from", mail.From),
                new("to", new JsonArray([.. mail.To.Select(static to => (JsonNode)to)])),
                new("trusted_certificates", mail.TrustedCertificates),
            ],
            WebhookSettings hook => [new("url", hook.Url.Source), new("secret", hook.Secret.Source)],
            _ => [],
        };
        foreach ((string key, JsonNode? value) in own.Where(static pair => pair.Value is not null))
        {
            written[key] = value;
        }

        return written;
    }

    private static ChannelSettings? ReadChannel(Section section)
    {
        int kind = section.Has("kind") ? section.Choice("kind", -1, Kinds) : -1;
        if (!section.Has("kind"))
        {
            section.Required("kind", "one of " + string.Join(", ", Kinds));
        }

        string name = section.Required("name", NameAllowed);
        if (name.Length > 0 && !(name.Length <= 40 && char.IsAsciiLetterLower(name[0]) && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
        {
            section.Fault("name", name, NameAllowed);
        }

        ChannelSettings? channel = kind switch
        {
            0 => ReadTelegram(section, name),
            1 => ReadMail(section, name),
            2 => ReadWebhook(section, name),
            _ => null,
        };
        IReadOnlyList<string> codes = Language.Codes;
        int language = section.Choice("language", 0, codes);
        bool hasLanguage = section.Has("language");
        return channel is null ? null : channel with { Language = hasLanguage ? codes[language] : "en", Kinds = ReadEvents(section), PerMinute = (int)section.Number("per_minute", channel.PerMinute, 1, 600) };
    }

    private static TelegramSettings? ReadTelegram(Section section, string name)
    {
        NamedSecret? token = ReadSecret(section, "token");
        string chat = section.Required("chat", "the number of a chat, such as 123456789, or below 0 that of a group");
        if (chat.Length > 0 && !long.TryParse(chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            section.Fault("chat", chat, "the number of a chat, such as 123456789, or below 0 that of a group");
        }

        if (token is not null && !IsToken(token.Value.Reveal()))
        {
            section.Fault("token", token.Source, "the place of a bot's token as Telegram gives it: digits, a colon, letters and digits");
            token = null;
        }

        List<long> users = [];
        foreach (string text in section.Texts("users"))
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long user))
            {
                users.Add(user);
            }
            else
            {
                section.Fault("users", text, "numbers of users; a name can change hands");
            }
        }

        string url = section.Optional("url") ?? "https://api.telegram.org";
        if (!IsAddress(url))
        {
            section.Fault("url", url, UrlAllowed);
        }

        return token is null || !IsAddress(url) || !long.TryParse(chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long place)
            ? null
            : new TelegramSettings { Name = name, Kinds = [], PerMinute = 20, Token = token, Chat = place, Users = users, Address = new Uri(url) };
    }

    private static MailSettings ReadMail(Section section, string name)
    {
        MailSecurity security = (MailSecurity)section.Choice("security", 0, Securities);
        string host = section.Required("host", "the name of a mail server");
        bool isHere = host is "localhost" or "127.0.0.1" or "::1";
        if (security == MailSecurity.None && !isHere)
        {
            section.Fault("security", "none", "starttls or tls, or a server on this machine");
        }

        string? user = section.Optional("user");
        NamedSecret? password = user is null ? null : ReadSecret(section, "password");
        string? trusted = section.Optional("trusted_certificates");
        if (trusted is not null && !File.Exists(trusted))
        {
            section.Fault("trusted_certificates", trusted, "a file of certificates (PEM)");
        }

        IReadOnlyList<string> to = section.Texts("to");
        if (to.Count == 0)
        {
            section.Fault("to", "none given", "a list of at least one mail address");
        }

        string from = section.Required("from", "a mail address");
        foreach ((string key, string address) in to.Select(static one => ("to", one)).Append(("from", from)))
        {
            if (address.Length > 0 && !IsMailAddress(address))
            {
                section.Fault(key, address, "a mail address such as ops@example.org");
            }
        }

        int port = (int)section.Number("port", security == MailSecurity.Tls ? 465 : 587, 1, ushort.MaxValue);
        return new MailSettings { Name = name, Kinds = [], PerMinute = 4, Host = host, Port = port, Security = security, User = user, Password = password, From = from, To = to, TrustedCertificates = trusted };
    }

    private static WebhookSettings? ReadWebhook(Section section, string name)
    {
        NamedSecret? url = ReadUrl(section);
        NamedSecret? secret = ReadSecret(section, "secret");
        if (url is not null && !IsAddress(url.Value.Reveal()))
        {
            section.Fault("url", url.Source, "the place of " + UrlAllowed);
            return null;
        }

        if (secret is not null && WebhookSignature.KeyOf(secret.Value.Reveal()) is null)
        {
            section.Fault("secret", secret.Source, "the place of a key: whsec_ and 24 to 64 bytes in Base64");
            return null;
        }

        return url is null || secret is null ? null : new WebhookSettings { Name = name, Kinds = [], PerMinute = 60, Url = url, Secret = secret };
    }

    private static NamedSecret? ReadSecret(Section section, string key)
    {
        string source = section.Required(key, NamedSecret.Allowed);
        if (source.Length == 0)
        {
            return null;
        }

        if (NamedSecret.TryFind(source, out NamedSecret? secret, out string shown, out string? allowed))
        {
            return secret;
        }

        section.Fault(key, shown, allowed);
        return null;
    }

    // Addresses of hooks often hold a secret in their path: of one that stands in the configuration itself, only the host is shown.
    private static NamedSecret? ReadUrl(Section section)
    {
        string text = section.Optional("url") ?? "";
        return IsAddress(text) ? new NamedSecret($"{new Uri(text).GetLeftPart(UriPartial.Authority)}/***", new Secret(text)) : ReadSecret(section, "url");
    }

    private static IReadOnlyList<NotificationKind> ReadEvents(Section section)
    {
        if (!section.Has("events"))
        {
            return Usual;
        }

        List<NotificationKind> kinds = [];
        foreach (string word in section.Texts("events"))
        {
            int kind = Array.IndexOf(Events, word);
            if (kind < 0)
            {
                section.Fault("events", word, "one of " + string.Join(", ", Events));
                continue;
            }

            kinds.Add((NotificationKind)kind);
        }

        return kinds;
    }

    private static TimeOnly ReadTime(Section section)
    {
        string text = section.Optional("summary_at") ?? "00:00";
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly at))
        {
            return at;
        }

        section.Fault("summary_at", text, "a time of day such as 18:30");
        return default;
    }

    private static TimeZoneInfo ReadZone(Section section)
    {
        string text = section.Optional("zone") ?? "UTC";
        if (TimeZoneInfo.TryFindSystemTimeZoneById(text, out TimeZoneInfo? zone))
        {
            return zone;
        }

        section.Fault("zone", text, "a time zone such as UTC or Europe/Berlin");
        return TimeZoneInfo.Utc;
    }

    private static bool IsToken(string text)
    {
        string[] parts = text.Split(':');
        return parts.Length == 2 && parts[0].Length > 0 && parts[0].All(char.IsAsciiDigit) && parts[1].Length >= 20 && parts[1].All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.UserInfo.Length == 0 && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback));

    // Bare addresses in ASCII alone: nothing in them can become a header or a command.
    private static bool IsMailAddress(string text) =>
        MailAddress.TryCreate(text, out MailAddress? address) && address.Address == text && text.All(static c => c is > ' ' and <= '~' and not ('<' or '>' or ',' or '"' or '(' or ')'));
}
