using Harrier.Api.People;
using Harrier.Tests.Support;

namespace Harrier.Tests.Api.People;

public sealed class AuditLogTests
{
    [Fact]
    public void Add_GoesOnAfterARestart()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "audit.jsonl");
        new AuditLog(path, new ImmediateTime()).Add("user ann", "127.0.0.1", "login", "done");
        AuditLog again = new(path, new ImmediateTime());
        again.Add("user ann", "127.0.0.1", "POST /api/v1/panic", "200");
        again.Newest(10).Select(static entry => (entry.Number, entry.What)).ShouldBe([(1, "login"), (2, "POST /api/v1/panic")]);
        new AuditLog(path, new ImmediateTime()).Newest(1).Single().ShouldBe(again.Newest(1).Single());
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("removed")]
    [InlineData("moved")]
    [InlineData("broken")]
    public void New_OnAFileThatWasTamperedWith_SaysWhere(string how)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "audit.jsonl");
        AuditLog log = new(path, new ImmediateTime());
        foreach (string what in (string[])["first", "second", "third"])
        {
            log.Add("user ann", "127.0.0.1", what, "done");
        }

        string[] lines = File.ReadAllLines(path);
        File.WriteAllLines(path, how switch
        {
            "changed" => [lines[0], lines[1].Replace("second", "sekond", StringComparison.Ordinal), lines[2]],
            "removed" => [lines[0], lines[2]],
            "moved" => [lines[0], lines[2], lines[1]],
            _ => [lines[0], lines[1][..10], lines[2]],
        });
        Should.Throw<InvalidDataException>(() => new AuditLog(path, new ImmediateTime())).Message.ShouldContain("entry 1");
    }
}
