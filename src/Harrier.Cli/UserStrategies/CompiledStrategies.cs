using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Harrier.Cli.UserStrategies;

/// <summary>
/// Assemblies compiled from users' strategies, kept for the next start: a run that was killed trades again without waiting for the compiler. What is kept depends on every
/// source and on every assembly that had a part in it. A folder that cannot be read or written only costs the time to compile.
/// </summary>
/// <param name="folder">Where they are kept; null to keep none.</param>
internal sealed class CompiledStrategies(string? folder)
{
    private const int Kept = 16;
    private const string Ending = ".strategies";

    /// <summary>Those of the person who runs the program, in a folder that nobody else can write to.</summary>
    public static CompiledStrategies OfUser { get; } = new(UserFolder());

    /// <summary>The assembly kept for these sources, or one compiled now.</summary>
    /// <param name="files">The sources.</param>
    /// <param name="builtInKeys">Keys that are taken, on which it depends whether they are refused.</param>
    /// <param name="compile">Compiles and checks them.</param>
    public byte[] Find(IReadOnlyList<UserStrategyFile> files, IReadOnlySet<string> builtInKeys, Func<byte[]> compile)
    {
        if (folder is null)
        {
            return compile();
        }

        string path = Path.Combine(folder, KeyOf(files, builtInKeys) + Ending);
        if (Read(path) is { } kept)
        {
            return kept;
        }

        byte[] image = compile();
        Keep(path, image);
        return image;
    }

    private static string? UserFolder() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } local ? Path.Combine(local, "harrier", "compiled") : null;

    private static string KeyOf(IReadOnlyList<UserStrategyFile> files, IReadOnlySet<string> builtInKeys)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Assembly part in UserStrategyCompiler.Parts.Append(typeof(CompiledStrategies).Assembly).Append(typeof(CSharpCompilation).Assembly))
        {
            hash.AppendData(part.ManifestModule.ModuleVersionId.ToByteArray());
        }

        foreach (string text in files.SelectMany(static file => (string[])[file.Name, file.Text]).Concat(builtInKeys.Order(StringComparer.Ordinal)).Append(Environment.Version.ToString()))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The content follows its own hash: half a file is none.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever keeps a file from being read, the sources are there.")]
    private static byte[]? Read(string path)
    {
        try
        {
            byte[] bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
            return bytes.Length > SHA256.HashSizeInBytes && SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes))
                ? bytes[SHA256.HashSizeInBytes..]
                : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever keeps a file from being kept, it is compiled again.")]
    private void Keep(string path, byte[] image)
    {
        try
        {
            DirectoryInfo place = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(folder!)
                : Directory.CreateDirectory(folder!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            string unfinished = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
            File.WriteAllBytes(unfinished, [.. SHA256.HashData(image), .. image]);
            File.Move(unfinished, path, overwrite: true);
            foreach (FileInfo old in place.EnumerateFiles("*" + Ending).OrderByDescending(static file => file.LastWriteTimeUtc).Skip(Kept).ToArray())
            {
                old.Delete();
            }
        }
        catch (Exception)
        {
            // The next start compiles.
        }
    }
}
