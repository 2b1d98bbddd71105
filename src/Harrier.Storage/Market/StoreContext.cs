using Harrier.Storage.DuckDb;
using Harrier.Storage.Market.Files;

namespace Harrier.Storage.Market;

/// <summary>What the parts of a store share.</summary>
/// <param name="layout">Where what lies.</param>
/// <param name="options">How it is worked with.</param>
internal sealed class StoreContext(StoreLayout layout, StoreOptions options) : IDisposable
{
    private readonly Lazy<DuckDatabase> _database = new(() => DuckDatabase.Open(new DuckDatabaseOptions { Threads = options.Threads, MemoryMiB = options.MemoryMiB }));

    /// <summary>Where what lies.</summary>
    public StoreLayout Layout { get; } = layout;

    /// <summary>How the store is worked with.</summary>
    public StoreOptions Options { get; } = options;

    /// <summary>What reads and writes Parquet; started when first needed.</summary>
    public DuckDatabase Database => _database.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            _database.Value.Dispose();
        }
    }
}
