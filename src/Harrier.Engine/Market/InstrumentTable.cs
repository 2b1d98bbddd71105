using Harrier.Domain;

namespace Harrier.Engine.Market;

/// <summary>The instruments and assets of one engine; their dense indexes are positions in these lists.</summary>
public sealed class InstrumentTable
{
    private readonly Instrument[] _instruments;
    private readonly Asset[] _assets;
    private readonly int[] _baseIndex;
    private readonly int[] _quoteIndex;

    /// <summary>Takes the instruments in the order of their ids.</summary>
    /// <exception cref="ArgumentException">There are none, ids are not 0, 1, 2, ..., or venue and symbol repeat.</exception>
    public InstrumentTable(IReadOnlyList<Instrument> instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        _instruments = [.. instruments];
        if (_instruments.Length == 0)
        {
            throw new ArgumentException("an engine needs at least one instrument", nameof(instruments));
        }

        HashSet<(VenueId, string)> names = [];
        List<Asset> assets = [];
        for (int i = 0; i < _instruments.Length; i++)
        {
            Instrument instrument = _instruments[i];
            if (instrument.Id.Index != i || !names.Add((instrument.Definition.Venue, instrument.Symbol)))
            {
                throw new ArgumentException($"instrument {instrument} must have the id {i} and a name of its own, got id {instrument.Id.Index}", nameof(instruments));
            }

            AddOnce(assets, instrument.Quote);
            AddOnce(assets, instrument.Base);
        }

        _assets = [.. assets];
        _baseIndex = [.. _instruments.Select(i => assets.IndexOf(i.Base))];
        _quoteIndex = [.. _instruments.Select(i => assets.IndexOf(i.Quote))];
    }

    /// <summary>The instruments in the order of their ids.</summary>
    public ReadOnlySpan<Instrument> Instruments => _instruments;

    /// <summary>The assets in the order of their indexes.</summary>
    public ReadOnlySpan<Asset> Assets => _assets;

    /// <summary>The instrument with an id.</summary>
    public Instrument this[InstrumentId id] => _instruments[id.Index];

    /// <summary>Index of an instrument's base asset.</summary>
    public int BaseAsset(InstrumentId id) => _baseIndex[id.Index];

    /// <summary>Index of an instrument's quote asset.</summary>
    public int QuoteAsset(InstrumentId id) => _quoteIndex[id.Index];

    /// <summary>Index of an asset.</summary>
    /// <exception cref="ArgumentException">No instrument uses the asset.</exception>
    public int IndexOf(Asset asset)
    {
        int index = Array.IndexOf(_assets, asset);
        return index >= 0 ? index : throw new ArgumentException($"no instrument of this engine uses the asset {asset}", nameof(asset));
    }

    private static void AddOnce(List<Asset> assets, Asset asset)
    {
        if (!assets.Contains(asset))
        {
            assets.Add(asset);
        }
    }
}
