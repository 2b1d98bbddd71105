using System.CommandLine;
using Harrier.Cli.Backtests;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Portfolios;

/// <summary>Which bars the verbs of <c>portfolio</c> read, as asked for.</summary>
internal sealed record PortfolioDataRequest
{
    /// <summary>File, folder or store; null for the store of the home when it has the symbols asked for, else the sample market.</summary>
    public required string? Data { get; init; }

    /// <summary>Whose data to take out of a store; null when it has only one venue's.</summary>
    public required VenueId? Venue { get; init; }

    public required BarReadOptions Reading { get; init; }

    /// <summary>The asset to value in; null for the quote asset of most symbols.</summary>
    public required Asset? Numeraire { get; init; }

    /// <summary>Folder of all state.</summary>
    public required string Home { get; init; }

    /// <summary>Opens the data.</summary>
    /// <exception cref="BarDataException">It is not there, or not unambiguous.</exception>
    public BacktestData Open()
    {
        string? store = Data is null ? StoredData.OfHome(Home, Reading.Symbols) : StoredData.IsStore(Data) ? Data : null;
        BacktestData data = store is not null
            ? StoredData.Read(store, Reading, Venue)
            : BacktestData.Of(BarFileReader.Read(Data ?? SampleMarket.Folder(Home), Reading), asked: null);
        if (data.Series.All(series => series.Spec.IsTime && series.Spec.IntervalNanos == data.Series[0].Spec.IntervalNanos))
        {
            return data;
        }

        data.Dispose();
        throw new InputException("interval", string.Join(", ", data.Series.Select(series => $"{series.Instrument.Symbol} {series.Spec}")), "bars of time of one length; --interval makes them so");
    }

    /// <summary>The asset to value in.</summary>
    public Asset NumeraireOf(IReadOnlyList<BarHistory> series) => Numeraire ?? series
        .GroupBy(one => one.Instrument.Quote)
        .OrderByDescending(group => group.Count())
        .ThenBy(group => group.Key.Code, StringComparer.Ordinal)
        .First().Key;
}

/// <summary>The options of <see cref="PortfolioDataRequest"/>, the same for every verb of <c>portfolio</c>.</summary>
internal sealed class PortfolioDataOptions
{
    private readonly Option<string?> _data = new("--data") { Description = "bars of several symbols: a file or folder of csv, gz, zip or JSON klines, or a market store; default: the store HOME/data for --symbol it has, else a synthetic sample market" };
    private readonly Option<string?> _venue = new("--venue") { Description = "whose data to take out of a store that has several venues' [the only one]" };
    private readonly Option<string[]> _symbol = new("--symbol") { Description = "symbol, repeatable; default: all of the data" };
    private readonly Option<string?> _interval = new("--interval") { Description = "bar length such as 1m, 1h, 1d; default: that of the data" };
    private readonly Option<string?> _from = new("--from") { Description = "first day, 2024-01-01" };
    private readonly Option<string?> _to = new("--to") { Description = "last day, inclusive" };
    private readonly Option<string?> _numeraire = new("--numeraire") { Description = "asset to value in; default: the quote asset of most symbols" };
    private readonly Option<string?> _home = new("--home") { Description = "folder of all state [.harrier]" };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_data, _venue, _symbol, _interval, _from, _to, _numeraire, _home])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Reads them; faults are noted.</summary>
    public PortfolioDataRequest Read(ParseResult parsed, FaultList faults) => new()
    {
        Data = parsed.GetValue(_data),
        Venue = faults.Try<VenueId?>(() => parsed.GetValue(_venue) is { } venue ? VenueAliases.FindStored("--venue", venue) : null),
        Reading = new BarReadOptions
        {
            Symbols = faults.Try(() => parsed.GetValue(_symbol) is { Length: > 0 } given ? SymbolList.Read("--symbol", given, 500) : []) ?? [],
            Interval = faults.Try<BarSpec?>(() => parsed.GetValue(_interval) is { } interval ? OptionText.Interval("--interval", interval) : null),
            From = faults.Try<DateOnly?>(() => parsed.GetValue(_from) is { } text ? OptionText.Day("--from", text) : null),
            To = faults.Try<DateOnly?>(() => parsed.GetValue(_to) is { } text ? OptionText.Day("--to", text) : null),
        },
        Numeraire = faults.Try<Asset?>(() => parsed.GetValue(_numeraire) is { } code ? AmountText.Asset("--numeraire", code) : null),
        Home = faults.Try(() => OutputFolder.Check("--home", parsed.GetValue(_home) ?? ".harrier"))!,
    };
}
