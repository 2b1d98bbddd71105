using System.CommandLine;
using Harrier.Cli.Options;

namespace Harrier.Cli.Microstructure;

/// <summary>Options that say what a recording does not show.</summary>
internal sealed class RecordingOptions
{
    private readonly Option<string?> _venue = new("--venue") { Description = "whose messages; shown by the recording where nothing is said", HelpName = "V" };
    private readonly Option<string?> _symbol = new("--symbol") { Description = "which symbol, such as BTCUSDT or BTC/USDT", HelpName = "S" };
    private readonly Option<string?> _tick = new("--tick") { Description = "smallest step of prices; the finest of the recording where nothing is said", HelpName = "X" };
    private readonly Option<string?> _lot = new("--lot") { Description = "smallest step of sizes; the finest of the recording where nothing is said", HelpName = "X" };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_venue, _symbol, _tick, _lot])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="InputFaultsException">Some are wrong; all are named.</exception>
    public RecordingWish Read(ParseResult parsed)
    {
        FaultList faults = new();
        string? venue = faults.Try(() => parsed.GetValue(_venue) is { } text ? VenueAliases.Find("--venue", text).Name : null);
        decimal? tick = faults.Try(() => parsed.GetValue(_tick) is { } text ? OptionText.Step("--tick", text) : (decimal?)null);
        decimal? lot = faults.Try(() => parsed.GetValue(_lot) is { } text ? OptionText.Step("--lot", text) : (decimal?)null);
        string? symbol = faults.Try(() => parsed.GetValue(_symbol) is { } text ? SymbolList.Read("--symbol", [text], 1)[0] : null);
        faults.ThrowIfAny();
        return new RecordingWish(venue, symbol, tick, lot);
    }
}
