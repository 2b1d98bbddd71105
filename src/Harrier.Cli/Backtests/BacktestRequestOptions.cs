using System.CommandLine;
using System.Globalization;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Engine.Positions;
using Harrier.Engine.Strategies;
using Harrier.Simulation.Fills;
using Harrier.Storage.Bars;
using Harrier.Strategies.Presets;
using Harrier.Strategies.Setups;

namespace Harrier.Cli.Backtests;

/// <summary>The options of <c>backtest</c> and how their texts become a <see cref="BacktestRequest"/>.</summary>
internal sealed class BacktestRequestOptions
{
    private static readonly Dictionary<string, PathModel> Paths = new()
    {
        ["pessimistic"] = PathModel.Pessimistic,
        ["optimistic"] = PathModel.Optimistic,
        ["random"] = PathModel.Random,
        ["nearest"] = PathModel.Nearest,
        ["high-first"] = PathModel.HighFirst,
    };

    private static readonly Dictionary<string, InstrumentKind> Markets = new() { ["spot"] = InstrumentKind.Spot, ["perp"] = InstrumentKind.LinearPerpetual };

    private static readonly Dictionary<string, LimitFillRule> LimitRules = new() { ["through"] = LimitFillRule.TradeThrough, ["touch"] = LimitFillRule.Touch };

    private static readonly Dictionary<string, SizingMethod> Sizings = new()
    {
        ["fraction"] = SizingMethod.FractionOfEquity,
        ["quote"] = SizingMethod.QuoteAmount,
        ["base"] = SizingMethod.BaseAmount,
        ["risk"] = SizingMethod.RiskOfEquity,
    };

    private const double UsualFeeBps = 10;

    private readonly List<Option> _all = [];
    private readonly StrategyOptions _strategy = new(fallback: "MEAN_REVERSION");
    private readonly ReplayOptions _replay = new();
    private readonly Option<string?> _data;
    private readonly Option<string?> _venue;
    private readonly Option<string[]> _symbol;
    private readonly Option<string?> _interval;
    private readonly Option<string?> _from;
    private readonly Option<string?> _to;
    private readonly Option<string?> _balance;
    private readonly Option<string?> _makerFee;
    private readonly Option<string?> _takerFee;
    private readonly Option<string?> _slippage;
    private readonly Option<string?> _slippageModel;
    private readonly Option<string?> _market;
    private readonly Option<string?> _leverage;
    private readonly Option<string?> _size;
    private readonly Option<string?> _tick;
    private readonly Option<string?> _lot;
    private readonly Option<string?> _minNotional;
    private readonly Option<string?> _path;
    private readonly Option<string?> _limitFill;
    private readonly Option<string?> _volumeShare;
    private readonly Option<string?> _stopLoss;
    private readonly Option<string?> _takeProfit;
    private readonly Option<string?> _trailingStop;
    private readonly Option<string?> _timeStop;
    private readonly Option<string?> _minConfidence;
    private readonly Option<string?> _seed;
    private readonly Option<string?> _out;
    private readonly Option<string?> _journal;
    private readonly Option<string?> _diagnostics;
    private readonly Option<string?> _home;
    private readonly Option<bool> _json;

    public BacktestRequestOptions()
    {
        _data = Text("--data", "a recording of trades and books, a file or folder; or bars: a file or folder of csv, gz, zip or JSON klines, or a market store, whose trades --resolution ticks plays; default: the store HOME/data for a --symbol it has, else a synthetic sample market");
        _venue = Text("--venue", "whose data to take out of a store or recording that has several venues' [the only one]");
        _symbol = new Option<string[]>("--symbol") { Description = "symbol to trade, repeatable; default: what the file holds" };
        _all.Add(_symbol);
        _interval = Text("--interval", "bar length such as 1m, 1h, 1d, or tick:1000, volume:50, dollar:1000000, renko:100, imbalance:100; default: that of the data");
        _from = Text("--from", "first day, 2024-01-01; of a recording also an instant, 2024-01-01T12:30:00Z");
        _to = Text("--to", "last day or instant, inclusive");
        _balance = Text("--balance", "starting balance in quote currency [10000]");
        _makerFee = Text("--maker-fee-bps", "fee of resting orders in basis points [10, or the preset's]");
        _takerFee = Text("--taker-fee-bps", "fee of taking orders in basis points [10, or the preset's]");
        _slippage = Text("--slippage-bps", "slippage of taking orders in basis points [5]");
        _slippageModel = Text("--slippage-model", "fixed, spread, volume-share or square-root [fixed]");
        _market = Text("--market", "spot or perp; on spot a SELL only closes [spot]");
        _leverage = Text("--leverage", "position value over margin, perp only [1]");
        _size = Text("--size", "fraction:0.95, quote:1000, base:0.1 or risk:0.01 [fraction:0.95]");
        _tick = Text("--tick", "price step; default: from the decimals in the data");
        _lot = Text("--lot", "size step; default: from the decimals in the data");
        _minNotional = Text("--min-notional", "smallest order value [0]");
        _path = Text("--path", "order of prices inside a bar: pessimistic, optimistic, random, nearest or high-first [pessimistic]");
        _limitFill = Text("--limit-fill", "resting limits fill when traded through or on a touch: through or touch [through]");
        _volumeShare = Text("--max-volume-share", "largest part of a bar's volume that orders take, or none [0.25]");
        _stopLoss = Text("--stop-loss", "stop at this fraction from the entry, such as 0.03");
        _takeProfit = Text("--take-profit", "target at this fraction from the entry");
        _trailingStop = Text("--trailing-stop", "stop that follows at this fraction");
        _timeStop = Text("--time-stop", "longest time in a position, such as 24h [none, or the preset's]");
        _minConfidence = Text("--min-confidence", "signals below this confidence are not followed [0]");
        _seed = Text("--seed", "seed of everything random [0]");
        _out = Text("--out", "folder for result.json, trades.csv, equity.csv, report.html");
        _journal = Text("--journal", "empty folder to journal all inputs and decisions in");
        _diagnostics = Text("--diagnostics", "file for what the strategies explain, a line of JSON for each step");
        _home = Text("--home", "folder of all state [.harrier]");
        _json = new Option<bool>("--json") { Description = "print result.json instead of a table" };
        _all.Add(_json);
    }

    public void AddTo(Command command)
    {
        _strategy.AddTo(command);
        _replay.AddTo(command);
        foreach (Option option in _all)
        {
            command.Add(option);
        }
    }

    /// <summary>Reads all options.</summary>
    /// <exception cref="InputFaultsException">One line for each option that is at fault.</exception>
    public BacktestRequest Read(ParseResult parsed)
    {
        FaultList faults = new();
        string Value(Option<string?> option, string fallback) => parsed.GetValue(option) ?? fallback;
        StrategyChoice? strategy = faults.Try(() => _strategy.Read(parsed));
        PointInTime? from = faults.Try(() => parsed.GetValue(_from) is { } text ? OptionText.Point("--from", text) : null);
        PointInTime? to = faults.Try(() => parsed.GetValue(_to) is { } text ? OptionText.Point("--to", text) : null);
        BarReadOptions reading = ReadReading(parsed, (from, to), faults);
        Preset? preset = strategy?.Preset;
        bool hasPlans = strategy?.Configured.CreateAnother() is SetupStrategy;
        ProtectionSettings protection = ReadProtection(parsed, hasPlans ? null : preset, faults);
        ReplayChoice replay = _replay.Read(parsed, faults);
        BacktestRequest request = new()
        {
            Strategy = strategy!,
            Data = parsed.GetValue(_data),
            Venue = faults.Try<VenueId?>(() => parsed.GetValue(_venue) is { } venue ? VenueAliases.FindStored("--venue", venue) : null),
            Reading = reading,
            From = from,
            To = to,
            Replay = replay,
            Balance = faults.Try(() => OptionText.Positive("--balance", Value(_balance, "10000"))),
            Fills = ReadFills(parsed, (reading.Market, preset), faults),
            Sizing = hasPlans && preset is not null && parsed.GetValue(_size) is null
                ? PresetRules.SizingOf(preset)
                : faults.Try(() => ReadSizing(Value(_size, "fraction:0.95"), hasPlans || parsed.GetValue(_stopLoss) is not null || parsed.GetValue(_trailingStop) is not null)),
            Protection = protection,
            MinConfidence = (double)faults.Try(() => OptionText.Decimal("--min-confidence", Value(_minConfidence, "0"), 0, 1)),
            Seed = faults.Try(() => OptionText.Integer("--seed", Value(_seed, "0"))),
            Home = faults.Try(() => OutputFolder.Check("--home", Value(_home, ".harrier")))!,
            Out = faults.Try(() => parsed.GetValue(_out) is { } folder ? OutputFolder.Check("--out", folder) : null),
            Journal = faults.Try(() => OfOneRun("--journal", parsed.GetValue(_journal), replay) is { } folder ? OutputFolder.CheckEmpty("--journal", folder) : null),
            Diagnostics = faults.Try(() => OfOneRun("--diagnostics", parsed.GetValue(_diagnostics), replay)),
            IsJson = parsed.GetValue(_json),
        };
        faults.ThrowIfAny();
        return request;
    }

    private static string? OfOneRun(string option, string? value, ReplayChoice replay) => value is null || replay.Resolutions.Count <= 1
        ? value
        : throw new InputException(option.TrimStart('-'), value, "left out with --resolution compare: it belongs to one run");

    private BarReadOptions ReadReading(ParseResult parsed, (PointInTime? From, PointInTime? To) span, FaultList faults) => new()
    {
        Symbols = parsed.GetValue(_symbol) ?? [],
        Interval = faults.Try<BarSpec?>(() => parsed.GetValue(_interval) is { } interval ? OptionText.Interval("--interval", interval) : null),
        From = span.From?.Day,
        To = span.To?.Day,
        TickSize = faults.Try<decimal?>(() => parsed.GetValue(_tick) is { } tick ? OptionText.Step("--tick", tick) : null),
        LotSize = faults.Try<decimal?>(() => parsed.GetValue(_lot) is { } lot ? OptionText.Step("--lot", lot) : null),
        MinNotional = faults.Try(() => OptionText.Decimal("--min-notional", parsed.GetValue(_minNotional) ?? "0", 0, 1_000_000_000)),
        Market = faults.Try(() => OptionText.Choice("--market", parsed.GetValue(_market) ?? "spot", Markets)),
    };

    private FillOptions ReadFills(ParseResult parsed, (InstrumentKind Market, Preset? Preset) basis, FaultList faults)
    {
        ExecutionCosts costs = basis.Preset?.ExecutionConfig ?? new ExecutionCosts { MakerFeeBps = UsualFeeBps, TakerFeeBps = UsualFeeBps };
        string share = parsed.GetValue(_volumeShare) ?? "0.25";
        return new FillOptions
        {
            MakerFeeRate = faults.Try(() => OptionText.Decimal("--maker-fee-bps", parsed.GetValue(_makerFee) ?? Text(costs.MakerFeeBps), -100, 1000)) / 10_000,
            TakerFeeRate = faults.Try(() => OptionText.Decimal("--taker-fee-bps", parsed.GetValue(_takerFee) ?? Text(costs.TakerFeeBps), 0, 1000)) / 10_000,
            Slippage = faults.Try(() => ReadSlippage(parsed)) ?? new FixedSlippage(0),
            Path = faults.Try(() => OptionText.Choice("--path", parsed.GetValue(_path) ?? "pessimistic", Paths)),
            LimitRule = faults.Try(() => OptionText.Choice("--limit-fill", parsed.GetValue(_limitFill) ?? "through", LimitRules)),
            MaxVolumeShare = share == "none" ? null : (double)faults.Try(() => OptionText.Fraction("--max-volume-share", share)),
            Leverage = faults.Try(() => ReadLeverage(parsed.GetValue(_leverage) ?? "1", basis.Market)),
            Seed = long.TryParse(parsed.GetValue(_seed), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed) ? seed : 0,
        };
    }

    private static decimal ReadLeverage(string text, InstrumentKind market)
    {
        decimal leverage = OptionText.Decimal("--leverage", text, 1, 125);
        return leverage == 1 || market != InstrumentKind.Spot ? leverage : throw new InputException("leverage", text, "1 on --market spot");
    }

    private SlippageModel ReadSlippage(ParseResult parsed)
    {
        double bps = (double)OptionText.Decimal("--slippage-bps", parsed.GetValue(_slippage) ?? "5", 0, 1000);
        return OptionText.Choice<SlippageModel>("--slippage-model", parsed.GetValue(_slippageModel) ?? "fixed", new Dictionary<string, SlippageModel>
        {
            ["fixed"] = new FixedSlippage(bps),
            ["spread"] = new SpreadSlippage(bps),
            ["volume-share"] = new VolumeShareSlippage(),
            ["square-root"] = new SquareRootSlippage(FloorBps: bps),
        });
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private ProtectionSettings ReadProtection(ParseResult parsed, Preset? preset, FaultList faults) => new()
    {
        StopLoss = faults.Try<decimal?>(() => parsed.GetValue(_stopLoss) is { } stop ? OptionText.Fraction("--stop-loss", stop, 0.99m) : null),
        TakeProfit = faults.Try<decimal?>(() => parsed.GetValue(_takeProfit) is { } target ? OptionText.Fraction("--take-profit", target, 100m) : null),
        TrailingStop = faults.Try<decimal?>(() => parsed.GetValue(_trailingStop) is { } trail ? OptionText.Fraction("--trailing-stop", trail, 0.99m) : null),
        TimeStop = faults.Try<TimeSpan?>(() => parsed.GetValue(_timeStop) is { } longest ? OptionText.Span("--time-stop", longest)
            : preset is not null ? TimeSpan.FromMinutes(preset.PositionConfig.TimeStopMinutes) : null),
    };

    private static PositionSizing ReadSizing(string text, bool hasStop)
    {
        string[] parts = text.Split(':');
        if (parts.Length != 2 || !Sizings.TryGetValue(parts[0], out SizingMethod method))
        {
            throw new InputException("size", text, "fraction:0.95, quote:1000, base:0.1 or risk:0.01");
        }

        if (method == SizingMethod.RiskOfEquity && !hasStop)
        {
            throw new InputException("size", text, "risk sizing needs --stop-loss or --trailing-stop: the risk is the loss at the stop");
        }

        bool isFraction = method is SizingMethod.FractionOfEquity or SizingMethod.RiskOfEquity;
        return new PositionSizing(method, isFraction ? OptionText.Fraction("--size", parts[1]) : OptionText.Positive("--size", parts[1]));
    }

    private Option<string?> Text(string name, string description)
    {
        Option<string?> option = new(name) { Description = description };
        _all.Add(option);
        return option;
    }
}
