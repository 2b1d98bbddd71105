using System.Text.Json;
using System.Text.Json.Serialization;
using Harrier.Hosting.Keys;

namespace Harrier.Api.Security;

/// <summary>A list in a file that only its owner can read. Several processes may change it: each sees what the others wrote, and no change is lost.</summary>
/// <param name="path">The file; it need not exist.</param>
/// <param name="what">What it is, for whoever has broken it.</param>
internal sealed class OwnerList<T>(string path, string what)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    private readonly Lock _gate = new();
    private ((DateTime Written, long Length) State, IReadOnlyList<T> Entries)? _read;

    /// <summary>What is in it.</summary>
    /// <exception cref="InvalidDataException">The file is no such list.</exception>
    public IReadOnlyList<T> All()
    {
        lock (_gate)
        {
            FileInfo file = new(path);
            if (!file.Exists)
            {
                return [];
            }

            (DateTime, long) state = (file.LastWriteTimeUtc, file.Length);
            if (_read is not { } read || read.State != state)
            {
                _read = read = (state, Load());
            }

            return read.Entries;
        }
    }

    /// <summary>Changes it, while nobody else does.</summary>
    /// <param name="change">Told what is in it; gives what is to be in it, null where nothing changes, and what is to be answered.</param>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="InvalidDataException">The file is no such list.</exception>
    public TAnswer Change<TAnswer>(Func<IReadOnlyList<T>, (IReadOnlyList<T>? Changed, TAnswer Answer)> change)
    {
        lock (_gate)
        {
            using FileTurn turn = FileTurn.Take(path);
            _read = null;
            (IReadOnlyList<T>? changed, TAnswer answer) = change(All());
            if (changed is not null)
            {
                OwnerFile.Write(path, changed, Json);
                _read = null;
            }

            return answer;
        }
    }

    /// <summary>Adds an entry, and leaves out what is over.</summary>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="InvalidDataException">The file is no such list.</exception>
    public void Add(T entry, Func<T, bool>? isOver = null) =>
        Change<bool>(entries => ([.. entries.Where(one => isOver?.Invoke(one) != true), entry], true));

    /// <summary>Removes an entry.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="InvalidDataException">The file is no such list.</exception>
    public bool Remove(Func<T, bool> isIt) =>
        Change<bool>(entries => entries.Any(isIt) ? ([.. entries.Where(one => !isIt(one))], true) : (null, false));

    private List<T> Load()
    {
        try
        {
            return JsonSerializer.Deserialize<List<T>>(File.ReadAllText(path), Json) ?? [];
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path}: {what}: {fault.Message}");
        }
    }
}
