using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>A learned model, asked about pairs of assets.</summary>
/// <param name="model">The model.</param>
/// <param name="instruments">The instrument that stands for a pair; base first.</param>
public sealed class PairPredictor(IPredictor model, IReadOnlyDictionary<(Asset Base, Asset Quote), InstrumentId> instruments)
{
    /// <summary>What the model says of an asset priced in another: of the pair the other way round it is the opposite.</summary>
    /// <returns>-2 for a strong sale to 2 for a strong purchase; 0 where it has no opinion or knows no such pair.</returns>
    public int StepsOf(Asset asset, Asset inAsset, Timestamp now) => instruments.TryGetValue((asset, inAsset), out InstrumentId direct) ? (int)model.Recommend(direct, now)
        : instruments.TryGetValue((inAsset, asset), out InstrumentId reverse) ? -(int)model.Recommend(reverse, now)
        : 0;
}
