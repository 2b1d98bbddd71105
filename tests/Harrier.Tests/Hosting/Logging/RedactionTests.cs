using FsCheck;
using FsCheck.Fluent;
using Harrier.Exchanges;
using Harrier.Hosting.Logging;

namespace Harrier.Tests.Hosting.Logging;

/// <summary>What must stay secret does not pass, and what people need to read does.</summary>
public sealed class RedactionTests
{
    private static readonly Redaction Shapes = new(static text => text);

    [Theory]
    [InlineData("GET https://api.example/v3/order?symbol=BTCUSDT&timestamp=1&signature=abc123def", "GET https://api.example/v3/order?symbol=BTCUSDT&timestamp=1&signature=***")]
    [InlineData("open http://127.0.0.1:8000/setup?key=00ff00ff to", "open http://127.0.0.1:8000/setup?key=*** to")]
    [InlineData("?code=abcd&state=x", "?code=***&state=x")]
    [InlineData("Authorization: Bearer abc.def-ghi", "Authorization: ***")]
    [InlineData("sent {\"Authorization\":\"Basic dXNlcjpwYXNz\",\"a\":1}", "sent {\"Authorization\":\"***\",\"a\":1}")]
    [InlineData("Cookie: a=b; c=d\nHost: x", "Cookie: ***\nHost: x")]
    [InlineData("X-API-KEY: k1k2k3", "X-API-KEY: ***")]
    [InlineData("X-Venue-Sign: 0a0b", "X-Venue-Sign: 0a0b")]
    [InlineData("x-venue-sign=0a0b", "x-venue-sign=***")]
    [InlineData("with bearer abcdefgh", "with bearer ***")]
    [InlineData("Host=db;Username=me;Password=hunter2;Port=5432", "Host=db;Username=me;Password=***;Port=5432")]
    [InlineData("Password='a;b c';Port=1", "Password=***;Port=1")]
    [InlineData("postgres://me:p@ss@db/x", "postgres://***@db/x")]
    [InlineData("{\"api_secret\":\"with \\\" quote\",\"n\":1}", "{\"api_secret\":***,\"n\":1}")]
    [InlineData("{\\\"apiSecret\\\":\\\"abc\\\",\\\"n\\\":1}", "{\\\"apiSecret\\\":***,\\\"n\\\":1}")]
    [InlineData("{\"listenKey\": \"pqia91ma19a5s61cv6a81va65sdf19v8a65a1\"}", "{\"listenKey\": ***}")]
    [InlineData("https://chat.example/bot123456789:AAF0123456789abcdefghijklmnopqrstuv/getMe", "https://chat.example/bot***/getMe")]
    [InlineData("token hrr_0123456789abcdefABCDEF made", "token *** made")]
    [InlineData("a -----BEGIN EC PRIVATE KEY-----\nMHcC\nAQ==\n-----END EC PRIVATE KEY----- b", "a *** b")]
    [InlineData("-----BEGIN PRIVATE KEY-----\ncut off", "***")]
    public void Clean_ASecretByItsPlace_IsHidden(string text, string expected) => Shapes.Clean(text).ShouldBe(expected);

    [Theory]
    [InlineData("warning: alpha: no warm-up: 1m bars end at 2026-11-29T10:00:00Z")]
    [InlineData("the key: a word; sign: another; error code: 400")]
    [InlineData("alpha/trend bought 0.5 BTCUSDT at 50000.10, fee 0.01 (entry)")]
    [InlineData("wss://stream.example/ws: session 3 ended: 10:11:12.345678")]
    [InlineData("nobody can sign in yet; harrier token create makes tokens for programs")]
    public void Clean_WhatPeopleRead_Stays(string text) => Shapes.Clean(text).ShouldBe(text);

    /// <summary>What an exchange answers may be long and odd: a pattern that goes back and forth would keep the writer busy for minutes.</summary>
    [Theory]
    [InlineData("x")]
    [InlineData("secret")]
    [InlineData("://")]
    [InlineData("token \"")]
    [InlineData("1234567:")]
    [InlineData("-----BEGIN PRIVATE KEY")]
    [InlineData("cookie: ")]
    public void Clean_ALongOddText_EndsInTimeThatGrowsWithItsLengthAlone(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, 40_000 / part.Length));

        Shapes.Clean(text).Length.ShouldBeLessThanOrEqualTo(text.Length);
    }

    [Theory]
    [InlineData("ApiSecret", true)]
    [InlineData("listenKey", true)]
    [InlineData("Key", true)]
    [InlineData("Signature", true)]
    [InlineData("Symbol", false)]
    [InlineData("Keys", false)]
    [InlineData("Design", false)]
    public void IsSecret_ByName_IsWhatTheNameSays(string name, bool expected) => Redaction.IsSecret(name).ShouldBe(expected);

    /// <summary>Any secret, in any text, as it is, in an address and in JSON; also one that begins as another does.</summary>
    [Fact]
    public void Clean_AnySecretThatIsKnown_DoesNotPass()
    {
        Gen<string> word = Gen.Choose(0x21, 0x17F).Select(static c => (char)c).Where(static c => !char.IsControl(c) && c != '*').ArrayOf(24).Select(static letters => new string(letters));
        Gen<(string First, string Second, string Around)> all = word.SelectMany(first => word.SelectMany(second => word.Select(around => (first, first[..12] + second, around))));

        Prop.ForAll(all.ToArbitrary(), static one =>
        {
            Secret[] held = [new(one.First), new(one.Second)];
            string text = $"{one.Around}{one.Second} {one.First}{one.Around} ?a={Uri.EscapeDataString(one.First)}&b {System.Text.Json.JsonSerializer.Serialize(one.Second)}";
            string clean = Redaction.OfProcess.Clean(text);
            foreach (string secret in (string[])[one.First, one.Second])
            {
                clean.ShouldNotContain(secret, Case.Sensitive);
                clean.ShouldNotContain(Uri.EscapeDataString(secret), Case.Sensitive);
                clean.ShouldNotContain(System.Text.Json.JsonSerializer.Serialize(secret).Trim('"'), Case.Sensitive);
            }

            GC.KeepAlive(held);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }
}
