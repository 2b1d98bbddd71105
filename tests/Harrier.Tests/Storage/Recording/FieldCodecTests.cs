using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Storage.Recording;

namespace Harrier.Tests.Storage.Recording;

/// <summary>Whatever is taken apart is put together again, byte by byte.</summary>
public sealed class FieldCodecTests
{
    public static TheoryData<string> Texts() =>
    [
        "",
        "{}",
        "0", "00", "007", "0.5", ".5", "5.", "1..2", "1.2.3", "-1", "1e-5", "1E05",
        "0.00000000", "12.00000000", "80955.88000000", "0.10000000",
        "999999999999999999", "1000000000000000000", "99999999999999999999999999",
        "1.12345678901234", "1.123456789012345", "123456.123456789012", "1234567.123456789012",
        "000.100", "1,999999999999999999,1,999999999999999999,1,999999999999999999,1",
        "{\"s\":\"1000SATSUSDT\",\"id\":\"2290000000068683542-0001\"}",
        "two\nlines\tand\0zero", "\u5e01\u5b89 1.50 \u4eba\u751f", "\u0001\u0002 12",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Next_AfterAdd_IsTheSameText(string text) => RoundTrip([Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(text)]);

    [Fact]
    public void Next_AfterAnyBytes_IsTheSameBytes() => Prop.ForAll<byte[][]>(texts => RoundTrip(texts ?? [])).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_AfterAnyTextsOfDigitsAndPoints_IsTheSameTexts()
    {
        Gen<byte[][]> texts = Gen.Elements<byte>([.. "0123456789.0900,\":[]"u8]).ArrayOf().ArrayOf();
        Prop.ForAll(texts.ToArbitrary(), RoundTrip).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Add_MessagesOfOneKind_LeavesAFewBytesOfNumbersEach()
    {
        FieldEncoder encoder = new();
        encoder.Add(Encoding.UTF8.GetBytes(RecordScene.Trade(1)));
        int first = encoder.Numbers.Count;
        encoder.Add(Encoding.UTF8.GetBytes(RecordScene.Trade(2)));

        // Time, id, price and size changed; the two numbers that did not take a byte each.
        (encoder.Numbers.Count - first).ShouldBeLessThan(16);
    }

    [Fact]
    public void Next_NumbersThatAreCutShort_IsInvalidData()
    {
        FieldEncoder encoder = new();
        encoder.Add("{\"a\":123456789}"u8);
        FieldDecoder decoder = new();
        decoder.Start(encoder.Skeleton.Span.ToArray(), encoder.Numbers.Span[..^1].ToArray());

        Should.Throw<InvalidDataException>(() => decoder.Next(new byte[100]));
    }

    [Fact]
    public void Next_TooLittleRoom_IsInvalidData()
    {
        FieldEncoder encoder = new();
        encoder.Add("{\"a\":123456789}"u8);
        FieldDecoder decoder = new();
        for (int room = 0; room < 15; room++)
        {
            decoder.Start(encoder.Skeleton.Span.ToArray(), encoder.Numbers.Span.ToArray());
            Should.Throw<InvalidDataException>(() => decoder.Next(new byte[room]));
        }
    }

    private static void RoundTrip(byte[][] texts)
    {
        FieldEncoder encoder = new();
        foreach (byte[] text in texts)
        {
            encoder.Add(text);
        }

        FieldDecoder decoder = new();
        decoder.Start(encoder.Skeleton.Span.ToArray(), encoder.Numbers.Span.ToArray());
        foreach (byte[] text in texts)
        {
            byte[] into = new byte[text.Length];
            into.AsSpan(0, decoder.Next(into)).SequenceEqual(text).ShouldBeTrue();
        }
    }
}
