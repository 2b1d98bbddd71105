using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Indicators;

namespace Harrier.Engine.Strategies;

/// <summary>
/// The indicators of one engine. Strategies pull what they need by name; those that ask for the same one share it, and each is fed
/// once per bar, before any strategy sees the bar.
/// </summary>
public sealed class FeatureSet : IStateful
{
    private readonly List<Entry> _entries = [];
    private readonly IIndicator[][] _byInstrument;

    internal FeatureSet(int instruments)
    {
        _byInstrument = new IIndicator[instruments][];
        Array.Fill(_byInstrument, []);
    }

    /// <summary>The indicator of an instrument with a name, made by <paramref name="create"/> the first time.</summary>
    /// <param name="instrument">Whose bars feed it.</param>
    /// <param name="name">What names it completely: <c>sma:20</c>.</param>
    /// <param name="create">Makes a new one.</param>
    /// <exception cref="ArgumentException">The name is taken by an indicator of another type.</exception>
    public T Share<T>(InstrumentId instrument, string name, Func<T> create)
        where T : class, IIndicator
    {
        ArgumentNullException.ThrowIfNull(create);
        foreach (Entry entry in _entries)
        {
            if (entry.Instrument == instrument && entry.Name == name)
            {
                return entry.Indicator as T
                    ?? throw new ArgumentException($"the feature {name} is a {entry.Indicator.GetType().Name}, asked for as {typeof(T).Name}", nameof(name));
            }
        }

        T made = create();
        _entries.Add(new Entry(instrument, name, made));
        _byInstrument[instrument.Index] = [.. _byInstrument[instrument.Index], made];
        return made;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        foreach (Entry entry in _entries)
        {
            writer.Write(entry.Name);
            writer.Write(entry.Indicator);
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

            reader.Read(entry.Indicator);
        }
    }

    internal void Update(InstrumentId instrument, in Ohlcv values)
    {
        foreach (IIndicator indicator in _byInstrument[instrument.Index])
        {
            indicator.Update(in values);
        }
    }

    private readonly record struct Entry(InstrumentId Instrument, string Name, IIndicator Indicator);
}
