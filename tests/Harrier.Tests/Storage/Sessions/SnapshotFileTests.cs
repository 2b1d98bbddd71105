using Harrier.Storage.Sessions;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Sessions;

/// <summary>A saved state comes back as it was, or not at all.</summary>
public sealed class SnapshotFileTests : IDisposable
{
    private const string Owner = "0123456789abcdef";

    private static readonly byte[] _state = [1, 2, 3, 250, 0, 7];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        string path = Write();

        SnapshotFile.Read(path, Owner).ShouldBe(_state);
    }

    [Fact]
    public void Read_AnyByteFlippedOrCut_IsRefused()
    {
        string path = Write();
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            File.WriteAllBytes(path, damaged);
            Should.Throw<InvalidDataException>(() => SnapshotFile.Read(path, Owner), $"byte {i} flipped");
            File.WriteAllBytes(path, whole[..i]);
            Should.Throw<InvalidDataException>(() => SnapshotFile.Read(path, Owner), $"cut at {i}");
        }
    }

    [Fact]
    public void Read_OfAnotherOwner_IsRefused() => Should.Throw<InvalidDataException>(() => SnapshotFile.Read(Write(), "fedcba9876543210")).Message.ShouldContain("saved with other settings");

    private string Write()
    {
        string path = Path.Combine(_folder.Path, "start.snapshot");
        SnapshotFile.Write(path, Owner, _state);
        return path;
    }
}
