using System.Text.RegularExpressions;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Notifications;

namespace Harrier.Tests.Hosting.Notifications;

/// <summary>Every language says everything, with the same places in it.</summary>
public sealed partial class LanguageTests
{
    public static TheoryData<string> Others => [.. Language.Codes.Where(static code => code != "en")];

    [Fact]
    public void Codes_All_AreThoseOfTheDocumentation() => Language.Codes.ShouldBe(["de", "en", "es", "ja", "ko", "ru", "th", "vi", "zh"]);

    [Theory]
    [MemberData(nameof(Others))]
    public void Texts_OfEachLanguage_HaveTheKeysAndPlacesOfEnglish(string code)
    {
        Language language = Language.Of(code);

        language.Texts.Keys.ShouldBe(Language.English.Texts.Keys, ignoreOrder: true);
        foreach ((string key, string text) in Language.English.Texts)
        {
            Places(language.Texts[key]).ShouldBe(Places(text), $"{code}: {key}");
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Texts_OfEachLanguage_AreTranslated(string code) =>
        Language.Of(code).Texts.Where(text => text.Value == Language.English.Texts[text.Key] && text.Key is not "note").ShouldBeEmpty();

    [Fact]
    public void Texts_OfEveryAlert_AreThere() =>
        Enum.GetValues<AlertKind>().ShouldAllBe(kind => Language.English.Texts.ContainsKey("alert_" + RiskWords.Of(kind)));

    [Fact]
    public void Of_ValuesWithBraces_AreNotReadAgain() =>
        Language.English.Of(new LocalText("note", ("account", "{text}"), ("text", "{account} {"))).ShouldBe("{text}: {account} {");

    [Fact]
    public void Of_Repeats_AreCounted() => Language.Of("de").Of(new Notification
    {
        Kind = NotificationKind.Fills,
        Time = default(Timestamp),
        Lines = [new LocalText("fill_buy", ("bot", "a/b"), ("quantity", "1"), ("symbol", "BTCUSDT"), ("price", "2"))],
        Repeats = 3,
    }).ShouldBe("a/b hat 1 BTCUSDT zu 2 gekauft (und 3 weitere dieser Art)");

    private static string[] Places(string text) => [.. Place().Matches(text).Select(static match => match.Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Place();
}
