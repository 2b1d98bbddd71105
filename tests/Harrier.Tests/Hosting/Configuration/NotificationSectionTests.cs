using System.Text.Json.Nodes;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Notifications;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Tests.Hosting.Accounts;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Configuration;

/// <summary>The section <c>notifications</c>: what it may say, and that no secret is ever repeated.</summary>
public sealed class NotificationSectionTests : IDisposable
{
    private const string Token = "123456:abcdefghij_KLMNOPQRST-canary";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_EachKind_HasTheDocumentedDefaults()
    {
        NotificationSettings settings = Read($$"""
            { "channels": [
              { "name": "tg", "kind": "telegram", "token": "{{Secret("t", Token)}}", "chat": -100, "users": [42, "43"] },
              { "name": "mail", "kind": "email", "host": "smtp.example.org", "user": "me", "password": "{{Secret("p", "canary")}}", "from": "a@example.org", "to": ["b@example.org"], "language": "ja" },
              { "name": "hook", "kind": "webhook", "url": "https://example.org/canary", "secret": "{{Secret("h", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")}}", "events": ["fills", "notes"], "per_minute": 7 }
            ] }
            """)!;

        (settings.SummaryAt, settings.Zone).ShouldBe((new TimeOnly(0, 0), TimeZoneInfo.Utc));
        TelegramSettings telegram = settings.Channels[0].ShouldBeOfType<TelegramSettings>();
        (telegram.Chat, telegram.Language, telegram.PerMinute, telegram.Token.Value.Reveal(), telegram.Address.AbsoluteUri).ShouldBe((-100, "en", 20, Token, "https://api.telegram.org/"));
        telegram.Users.ShouldBe([42, 43]);
        telegram.Kinds.ShouldBe([NotificationKind.Trades, NotificationKind.Bots, NotificationKind.Risk, NotificationKind.Alerts, NotificationKind.Errors, NotificationKind.Summary]);
        MailSettings mail = settings.Channels[1].ShouldBeOfType<MailSettings>();
        (mail.Port, mail.Security, mail.Password!.Value.Reveal(), mail.PerMinute, mail.Language).ShouldBe((587, MailSecurity.StartTls, "canary", 4, "ja"));
        WebhookSettings hook = settings.Channels[2].ShouldBeOfType<WebhookSettings>();
        (hook.Url.Value.Reveal(), hook.PerMinute).ShouldBe(("https://example.org/canary", 7));
        hook.Kinds.ShouldBe([NotificationKind.Fills, NotificationKind.Notes]);
        JsonObject written = SettingsText.Of(settings);
        written.ToJsonString().ShouldNotContain("canary");
        settings.ToString().ShouldNotContain("canary");
        written["channels"]![2]!["url"]!.GetValue<string>().ShouldBe("https://example.org/***");
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        string text = $$"""
            { "summary_at": "18:30", "zone": "Europe/Berlin", "channels": [
              { "name": "mail", "kind": "email", "host": "localhost", "security": "none", "port": 2525, "from": "a@example.org", "to": ["b@example.org"], "events": ["summary"] },
              { "name": "tg", "kind": "telegram", "token": "{{Secret("t", Token)}}", "chat": 5 }
            ] }
            """;

        JsonObject written = SettingsText.Of(Read(text)!);

        SettingsText.Of(Read(written.ToJsonString())!).ToJsonString().ShouldBe(written.ToJsonString());
        written["summary_at"]!.GetValue<string>().ShouldBe("18:30");
    }

    [Fact]
    public void Read_NoSection_IsNone() => AccountScenario.Reader.Read(Tree(null)).Notifications.ShouldBeNull();

    [Fact]
    public void Read_ManyFaults_NamesThemAllAndNoSecret()
    {
        string open = _folder.Write("open", "canary");
        string[] faults = Faults($$"""
            { "summary_at": "25:00", "zone": "Moon", "channel": 1, "channels": [
              { "name": "tg", "kind": "telegram", "token": "{{Token}}", "chat": "@canary-chat", "users": ["@me"], "url": "http://example.org", "language": "tlh", "events": ["all"], "per_minute": 0 },
              { "name": "tg", "kind": "email", "host": "smtp.example.org", "security": "none", "user": "me", "password": "file:{{open}}", "from": "A <a@example.org>", "to": ["b@example.org\r\nBcc: c@example.org"], "port": 70000 },
              { "name": "H", "kind": "webhook", "url": "ftp://example.org/canary", "secret": "{{Secret("s", "canary")}}", "secrt": "canary" },
              { "kind": "fax" }
            ] }
            """);

        faults.Select(static fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]).ShouldBe(
            [
                "notifications.summary_at", "notifications.zone", "notifications.channel",
                "notifications.channels[0].token", "notifications.channels[0].chat", "notifications.channels[0].users", "notifications.channels[0].url",
                "notifications.channels[0].language", "notifications.channels[0].events", "notifications.channels[0].per_minute",
                "notifications.channels[1].security", "notifications.channels[1].password", "notifications.channels[1].from", "notifications.channels[1].to", "notifications.channels[1].port",
                "notifications.channels[2].name", "notifications.channels[2].url", "notifications.channels[2].secret", "notifications.channels[2].secrt",
                "notifications.channels[3].kind", "notifications.channels[3].name",
            ],
            ignoreOrder: true);
        faults.ShouldAllBe(static fault => !fault.Contains("abcdefghij", StringComparison.Ordinal) && !fault.Contains("/canary", StringComparison.Ordinal) && !fault.EndsWith("canary", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.StartsWith($"notifications.channels[1].password: file:{open}: a file with mode 0600", StringComparison.Ordinal));
        faults.ShouldContain(static fault => fault.StartsWith("notifications.channels[0].token: ***: env:NAME", StringComparison.Ordinal));
        faults.ShouldContain(static fault => fault.StartsWith("notifications.channels[2].secrt: ***: unknown, did you mean secret?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("env:HARRIER_TEST_NO_SUCH_VARIABLE", "the name of an environment variable that is set")]
    [InlineData("file:/no/such/file", "a file that can be read")]
    public void TryFind_SecretThatIsNotThere_SaysWhatIsAllowed(string source, string allowed)
    {
        NamedSecret.TryFind(source, out _, out string shown, out string? fault).ShouldBeFalse();
        (shown, fault).ShouldBe((source, allowed));
    }

    private string Secret(string name, string value)
    {
        string path = _folder.Write(name, value + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return "file:" + path;
    }

    private static JsonObject Tree(string? notifications) => ConfigurationTree.Parse("test", $$"""
        { "accounts": [ { "name": "a", "venue": "sim-y-spot", "bots": [ { "name": "b", "strategy": "RSI_CROSS", "symbol": "BTCUSDT" } ] } ]{{(notifications is null ? "" : ", \"notifications\": " + notifications)}} }
        """);

    private static NotificationSettings? Read(string notifications) => AccountScenario.Reader.Read(Tree(notifications)).Notifications;

    private static string[] Faults(string notifications) => [.. Should.Throw<ConfigurationException>(() => Read(notifications)).Faults];
}
