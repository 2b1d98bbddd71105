using System.Text;
using Harrier.Hosting.Notifications.Mail;

namespace Harrier.Tests.Hosting.Notifications.Mail;

/// <summary>How a mail is written: whatever it says, its lines are ASCII, short, and none of them is a command.</summary>
public sealed class MailTextTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void Write_AnotherAlphabet_IsEncodedInWholeCharacters()
    {
        string subject = string.Concat(Enumerable.Repeat("прибыль利益🦅", 5));

        string[] lines = new MailText("bot@example.org", ["a@example.org"], subject, "利益\n.\nдо").Write("r-1", Noon).Split("\r\n");

        lines.ShouldAllBe(static line => line.Length <= 76 && line.All(static letter => letter >= ' ' && letter <= '~'));
        lines.ShouldContain("Date: Sun, 01 Mar 2026 10:00:00 +0000");
        int start = Array.FindIndex(lines, static line => line.StartsWith("Subject: ", StringComparison.Ordinal));
        string[] words = [.. lines.Skip(start).TakeWhile((line, i) => i == 0 || line.StartsWith(' ')).Select(static line => line.Replace("Subject:", "", StringComparison.Ordinal).Trim())];
        words.ShouldAllBe(static word => word.StartsWith("=?utf-8?B?", StringComparison.Ordinal) && word.EndsWith("?=", StringComparison.Ordinal));

        // Each word alone is whole characters: strict UTF-8 reads it.
        UTF8Encoding strict = new(false, throwOnInvalidBytes: true);
        string.Concat(words.Select(word => strict.GetString(Convert.FromBase64String(word[10..^2])))).ShouldBe(subject);
        string body = string.Concat(lines.SkipWhile(static line => line.Length > 0));
        Encoding.UTF8.GetString(Convert.FromBase64String(body)).ShouldBe("利益\r\n.\r\nдо\r\n");
    }

    [Theory]
    [InlineData("a\r\nBcc: evil@example.org")]
    [InlineData("a\n.\nQUIT")]
    [InlineData("=?utf-8?B?YQ==?=")]
    public void Write_SubjectThatWouldBeMore_StaysASubject(string subject) =>
        new MailText("bot@example.org", ["a@example.org"], subject, "x").Write("r-1", Noon).Split("\r\n")[2].ShouldBe($"Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(subject))}?=");
}
