using Harrier.Cli.UserStrategies;

namespace Harrier.Tests.Cli.UserStrategies;

/// <summary>What was compiled is kept for the next start, and for nothing else than the same sources.</summary>
public sealed class CompiledStrategiesTests : IDisposable
{
    private static readonly HashSet<string> Taken = ["TAKEN"];
    private static readonly UserStrategyFile[] Sources = [new("a.cs", "class A;"), new("b.cs", "class B;")];

    private readonly string _folder = Directory.CreateTempSubdirectory("harrier-compiled-").FullName;
    private int _compiled;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_SameSources_AreCompiledOnce()
    {
        byte[] first = Find(Sources, Taken);
        Find(Sources, Taken).ShouldBe(first);
        _compiled.ShouldBe(1);
    }

    [Fact]
    public void Find_OtherTextNameOrKeys_AreCompiledAnew()
    {
        Find(Sources, Taken);
        Find([Sources[0], Sources[1] with { Text = "class C;" }], Taken);
        Find([Sources[0], Sources[1] with { Name = "c.cs" }], Taken);
        Find([new UserStrategyFile("a.cs", "class A;class B;"), new UserStrategyFile("b.cs", "")], Taken);
        Find(Sources, new HashSet<string> { "TAKEN", "MORE" });
        _compiled.ShouldBe(5);
    }

    [Fact]
    public void Find_WhatIsKeptIsDamaged_CompilesAnew()
    {
        byte[] image = Find(Sources, Taken);
        string kept = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        foreach (Func<byte[], byte[]> damage in (Func<byte[], byte[]>[])[static bytes => bytes[..^1], static _ => [], static bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]])
        {
            File.WriteAllBytes(kept, damage(File.ReadAllBytes(kept)));
            Find(Sources, Taken).Length.ShouldBe(image.Length);
        }

        _compiled.ShouldBe(4);
    }

    [Fact]
    public void Find_FolderCannotBeMade_Compiles()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        new CompiledStrategies(file).Find(Sources, Taken, static () => [7]).ShouldBe([7]);
        new CompiledStrategies(null).Find(Sources, Taken, static () => [8]).ShouldBe([8]);
    }

    [Fact]
    public void Find_ManySources_KeepsTheNewest()
    {
        for (int i = 0; i < 20; i++)
        {
            Find([new UserStrategyFile("a.cs", $"class A{i};")], Taken);
        }

        Directory.GetFiles(Path.Combine(_folder, "kept")).Length.ShouldBe(16);
    }

    private byte[] Find(IReadOnlyList<UserStrategyFile> files, HashSet<string> taken) => new CompiledStrategies(Path.Combine(_folder, "kept")).Find(files, taken, () => [1, 2, (byte)++_compiled]);
}
