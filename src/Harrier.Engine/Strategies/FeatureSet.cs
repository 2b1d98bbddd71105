using Harrier.Domain;
using Harrier.Engine.Market;
using Harrier.Engine.Time;
using Harrier.Features;
using Harrier.Features.Indicators;
using Harrier.Features.Microstructure;

namespace Harrier.Engine.Strategies;

/// <summary>
/// The features of one engine: indicators on bars, and what trades and books are measured by. Strategies pull what they need by name, in OnStart;
/// those that ask for the same one share it, and each is fed once per event, before any strategy hears of the event.
/// </summary>
public sealed partial class FeatureSet : IStateful
{
    private readonly InstrumentTable _table;
    private readonly MarketState _market;
    private readonly EngineTime _time;
    private readonly List<Entry> _entries = [];
    private readonly Feeds[] _feeds;

    internal FeatureSet(InstrumentTable table, MarketState market, EngineTime time)
    {
        _table = table;
        _market = market;
        _time = time;
        _feeds = new Feeds[table.Instruments.Length];
        for (int i = 0; i < _feeds.Length; i++)
        {
            _feeds[i] = new Feeds();
        }
    }

    /// <summary>The feature of an instrument with a name, made by <paramref name="create"/> the first time.</summary>
    /// <param name="instrument">Whose bars, trades or book feed it.</param>
    /// <param name="name">What names it completely: <c>sma:20</c>.</param>
    /// <param name="create">
    /// Makes a new one. It is fed by what it can take: bars (<see cref="IIndicator"/>, <see cref="IBarFeature"/>), trades (<see cref="ITradeFeature"/>), the verified book
    /// (<see cref="IBookFeature"/>, <see cref="ILevelFeature"/>), time (<see cref="IClockFeature"/>).
    /// </param>
    /// <exception cref="ArgumentException">The name is taken by a feature of another type, or the feature can take nothing.</exception>
    public T Share<T>(InstrumentId instrument, string name, Func<T> create)
        where T : class, IStateful
    {
        ArgumentNullException.ThrowIfNull(create);
        foreach (Entry entry in _entries)
        {
            if (entry.Instrument == instrument && entry.Name == name)
            {
                return entry.Feature as T
                    ?? throw new ArgumentException($"the feature {name} is a {entry.Feature.GetType().Name}, asked for as {typeof(T).Name}", nameof(name));
            }
        }

        T made = create();
        if (!_feeds[instrument.Index].TryAdd(made, _entries.Count))
        {
            throw new ArgumentException($"the feature {name} takes neither bars nor trades nor books nor time", nameof(create));
        }

        if (made is ILevelFeature follower)
        {
            _market.Follow(instrument, follower);
        }

        _entries.Add(new Entry(instrument, name, made));
        return made;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        foreach (Entry entry in _entries)
        {
            writer.Write(entry.Name);
            writer.Write(entry.Feature);
        }

        foreach (Feeds feeds in _feeds)
        {
            if (feeds.HasClocks)
            {
                writer.Write(feeds.AreClocksSet);
            }
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        foreach (Entry entry in _entries)
        {
            string name = reader.ReadString();
            if (name != entry.Name)
            {
                throw new InvalidDataException($"saved state holds the feature {name} where the strategies ask for {entry.Name}");
            }

            reader.Read(entry.Feature);
        }

        foreach (Feeds feeds in _feeds)
        {
            if (feeds.HasClocks)
            {
                feeds.AreClocksSet = reader.ReadBoolean();
            }
        }
    }

    /// <summary>Takes over what features of the same name and instrument have learned; others keep what they have.</summary>
    /// <param name="before">The features of the engine before.</param>
    /// <param name="newFeeds">Instruments whose bars are others from now on: their features keep what they have too.</param>
    /// <returns>For each feature of the engine before, where it is now; -1 where it is not.</returns>
    internal int[] Succeed(FeatureSet before, IReadOnlySet<InstrumentId> newFeeds)
    {
        int[] places = new int[before._entries.Count];
        for (int i = 0; i < places.Length; i++)
        {
            Entry old = before._entries[i];
            places[i] = newFeeds.Contains(old.Instrument) ? -1 : _entries.FindIndex(entry => entry.Instrument == old.Instrument && entry.Name == old.Name);
            if (places[i] >= 0)
            {
                Succession.Copy(old.Feature, _entries[places[i]].Feature);
            }
        }

        // A clock that is set again is set to the same instant: each ticks on a grid of its own.
        foreach (Feeds feeds in _feeds)
        {
            feeds.AreClocksSet = false;
        }

        return places;
    }

    private readonly record struct Entry(InstrumentId Instrument, string Name, IStateful Feature);
}
