namespace Harrier.Research.Reports;

/// <summary>
/// Files that belong together: written under temporary names first, then put in place as a whole. A fault leaves the folder as it was.
/// A process that dies in between leaves no last file, by which a reader knows that the set is not whole.
/// </summary>
internal sealed class FileSet : IDisposable
{
    private readonly string _folder;
    private readonly List<string> _names = [];

    /// <summary>A set in a folder, which is made when it is absent.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public FileSet(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
    }

    /// <summary>Writes a file under its temporary name, down to the disk.</summary>
    public void Add(string name, Action<Stream> write)
    {
        _names.Add(name);
        using FileStream stream = new(Temporary(name), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Puts all files in place; the last one added goes away first and comes back last.</summary>
    /// <exception cref="IOException">A file could not be moved; what was in the folder before is there again.</exception>
    public void Commit()
    {
        List<string> set = [.. _names];
        int placed = 0;
        try
        {
            foreach (string name in set.AsEnumerable().Reverse().Where(name => File.Exists(Final(name))))
            {
                File.Move(Final(name), Previous(name), overwrite: true);
            }

            for (; placed < set.Count; placed++)
            {
                File.Move(Temporary(set[placed]), Final(set[placed]));
            }
        }
        catch
        {
            Restore(set, placed);
            throw;
        }

        foreach (string name in set)
        {
            File.Delete(Previous(name));
        }
    }

    /// <summary>Removes what is left under temporary names.</summary>
    public void Dispose()
    {
        foreach (string name in _names)
        {
            File.Delete(Temporary(name));
        }
    }

    private void Restore(List<string> set, int placed)
    {
        foreach (string name in set.Take(placed))
        {
            File.Delete(Final(name));
        }

        foreach (string name in set.Where(name => File.Exists(Previous(name))))
        {
            File.Move(Previous(name), Final(name), overwrite: true);
        }
    }

    private string Final(string name) => Path.Combine(_folder, name);

    private string Temporary(string name) => Path.Combine(_folder, "." + name + ".new");

    private string Previous(string name) => Path.Combine(_folder, "." + name + ".old");
}
