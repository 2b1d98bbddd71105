namespace Harrier.Exchanges.Tests.Support;

/// <summary>Finds the data shared beside the checkout; tests that need it are skipped, loudly, where it is absent.</summary>
public static class SharedData
{
    public static string Require(string relativePath)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Harrier.slnx")))
        {
            folder = folder.Parent;
        }

        string path = folder is null ? relativePath : Path.Combine(folder.FullName, "..", "shared", relativePath);
        if (!Path.Exists(path))
        {
            Assert.Skip($"../shared/{relativePath} is not beside this checkout");
        }

        return path;
    }
}
