namespace Harrier.Cli.Indicators;

/// <summary>Writes a finished result to a file or to standard output: all of it or nothing.</summary>
public static class WholeOutput
{
    /// <summary>The target that stands for standard output.</summary>
    public const string StandardOutput = "-";

    /// <summary>Writes <paramref name="content"/>; a file appears complete or not at all, and an older one stays until then.</summary>
    /// <param name="target">A path, or <c>-</c>.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="InputException">The target cannot be written.</exception>
    public static void Write(string target, ReadOnlySpan<byte> content)
    {
        if (target == StandardOutput)
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(content);
            return;
        }

        if (string.IsNullOrWhiteSpace(target))
        {
            throw new InputException("--out", "(empty)", "a file, or - for standard output");
        }

        string partial = $"{target}.{Environment.ProcessId}.partial";
        try
        {
            File.WriteAllBytes(partial, content);
            File.Move(partial, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }

            throw new InputException("--out", target, "a file that can be written: " + e.Message);
        }
    }
}
