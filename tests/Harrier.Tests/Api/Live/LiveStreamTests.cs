using System.Text.Json;
using Harrier.Api.Live;

namespace Harrier.Tests.Api.Live;

/// <summary>The ring that all clients of a stream share.</summary>
public sealed class LiveStreamTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(5);

    [Fact]
    public void Publish_NumbersMessagesFromTheTimeOfTheStart()
    {
        LiveStream stream = new("test", Start);
        (stream.First, stream.Last).ShouldBe((5001, 5000));
        Publish(stream, null, "a");
        Publish(stream, null, "b");
        List<LiveMessage> taken = [];
        stream.TryTake(5000, taken).ShouldBeTrue();
        taken.Select(static message => JsonDocument.Parse(message.Utf8).RootElement.GetRawText()).ShouldBe(["""{"text":"a","seq":5001}""", """{"text":"b","seq":5002}"""]);
        Publish(stream, null, "c");
        taken.Clear();
        stream.TryTake(5002, taken).ShouldBeTrue();
        taken.Select(static message => message.Number).ShouldBe([5003]);
    }

    [Fact]
    public void TryTake_WhoIsFurtherBehindThanTheRing_GetsNothing_AndIsTold()
    {
        LiveStream stream = new("test", Start);
        for (int i = 0; i < LiveStream.Length + 1; i++)
        {
            Publish(stream, null, "x");
        }

        List<LiveMessage> taken = [];
        stream.TryTake(5000, taken).ShouldBeFalse("the first has been written over");
        taken.ShouldBeEmpty();
        stream.TryTake(5001, taken).ShouldBeTrue();
        taken.Count.ShouldBe(LiveStream.Length);
    }

    [Fact]
    public void TryTake_MessagesWithKeys_OnlyTheNewestOfEach_InTheirOrder()
    {
        LiveStream stream = new("test", Start);
        foreach ((string key, string text) in ((string, string)[])[("btc", "1"), ("eth", "2"), ("btc", "3"), ("sol", "4"), ("eth", "5")])
        {
            Publish(stream, key, text);
        }

        List<LiveMessage> taken = [];
        stream.TryTake(5000, taken).ShouldBeTrue();
        taken.Select(static message => message.Number).ShouldBe([5003, 5004, 5005]);
        (IReadOnlyList<LiveMessage> standing, long number) = stream.Snapshot();
        standing.Select(static message => message.Number).ShouldBe([5003, 5004, 5005]);
        number.ShouldBe(5005);
    }

    private static void Publish(LiveStream stream, string? key, string text) => stream.Publish(key, json => json.WriteString("text", text));
}
