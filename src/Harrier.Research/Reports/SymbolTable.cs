using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Research.Reports;

/// <summary>The symbols of a run by the instrument ids of its trades.</summary>
internal sealed class SymbolTable(BacktestResult result)
{
    private readonly Dictionary<InstrumentId, string> _symbols =
        result.Series.Select(series => series.Instrument).DistinctBy(instrument => instrument.Id).ToDictionary(i => i.Id, i => i.Symbol);

    /// <summary>The symbol, or the number of an instrument that has no bars in the result.</summary>
    public string this[InstrumentId id] => _symbols.GetValueOrDefault(id, id.ToString());
}
