using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Features.Portfolio;
using Harrier.Research.Metrics;

namespace Harrier.Research.Portfolios;

/// <summary>
/// Plays bars of many symbols to one plan. A plan decides at closes; what it decides is made at the opens of the next bars, at spread, slippage and fee, never at
/// a price that it has seen. A conversion one of whose pairs has no next bar is missed, not made up.
/// </summary>
internal sealed class PortfolioSimulator
{
    private const int AmountDecimals = 8;

    private readonly PortfolioBacktestSettings _settings;
    private readonly BarHistory[] _series;
    private readonly IPortfolioPlan _plan;
    private readonly PairQuote?[] _quotes;
    private readonly Dictionary<(Asset Base, Asset Quote), decimal> _opens = [];
    private readonly List<PortfolioTrade> _trades = [];
    private readonly List<(Timestamp Time, string Decision)> _decisions = [];
    private IReadOnlyList<PlannedConversion> _pending = [];
    private PortfolioLedger? _ledger;
    private IReadOnlyList<Money> _start = [];
    private IReadOnlyList<decimal> _startPrices = [];
    private EquityRecorder? _equity;
    private Timestamp _decided;
    private RateGraph _graph = new([]);
    private int _missed;

    public PortfolioSimulator(PortfolioBacktestSettings settings, IReadOnlyList<BarHistory> series, IPortfolioPlan plan)
    {
        _settings = settings;
        _series = [.. series];
        _plan = plan;
        _quotes = new PairQuote?[series.Count];
    }

    /// <summary>Plays the bars that close up to an instant.</summary>
    /// <returns>Null where the symbols never have prices all together.</returns>
    public PortfolioRun? Run(Timestamp until, CancellationToken stop)
    {
        using BarMerge merge = new(_series);
        while (!merge.IsAtEnd && merge.Close <= until)
        {
            stop.ThrowIfCancellationRequested();
            Execute(merge);
            Observe(merge);
            Timestamp now = merge.Close;
            merge.Advance();
            if (_ledger is { } ledger || (ledger = Begin(now)) is not null)
            {
                Value(now, merge.IsAtEnd ? new Timestamp(long.MaxValue) : merge.Close, ledger);
                Decide(now, ledger);
            }
        }

        return _ledger is null || _equity is null ? null : new PortfolioRun
        {
            Name = _plan.Name,
            Start = _start,
            StartPrices = _startPrices,
            End = _ledger.Holdings,
            Trades = _trades,
            Missed = _missed,
            Equity = _equity,
            Decisions = _decisions,
        };
    }

    private void Execute(BarMerge merge)
    {
        if (_pending.Count == 0 || _ledger is null)
        {
            return;
        }

        _opens.Clear();
        Timestamp open = default;
        foreach (int place in merge.Group)
        {
            Instrument instrument = _series[place].Instrument;
            ref readonly Bar bar = ref merge[place].Current;
            if (bar.OpenTime >= _decided)
            {
                _opens[(instrument.Base, instrument.Quote)] = instrument.ToDecimal(bar.Open);
                open = bar.OpenTime;
            }
        }

        foreach (PlannedConversion planned in _pending)
        {
            Convert(planned, open, _ledger);
        }

        _pending = [];
    }

    private void Convert(PlannedConversion planned, Timestamp open, PortfolioLedger ledger)
    {
        decimal given = Math.Min(planned.From.Amount, ledger.Of(planned.From.Asset));
        decimal amount = given;
        decimal cost = 0;
        foreach (RouteLeg leg in planned.Route.Legs)
        {
            if (amount <= 0 || PriceOf(leg) is not { } price)
            {
                _missed++;
                return;
            }

            decimal atMid = price.IsSale ? amount * price.Open : amount / price.Open;
            decimal received = price.IsSale ? _settings.Costs.Sold(amount, price.Open) : _settings.Costs.Bought(amount, price.Open);
            amount = decimal.Round(received, AmountDecimals, MidpointRounding.ToZero);
            cost += (atMid - amount) * (_graph.Mid(leg.To, _settings.Numeraire) ?? 0);
        }

        ledger.Add(planned.From with { Amount = -given });
        ledger.Add(new Money(amount, planned.Route.To));
        decimal notional = given * (_graph.Mid(planned.From.Asset, _settings.Numeraire) ?? 0);
        _trades.Add(new PortfolioTrade(_decided, open, planned.From with { Amount = given }, new Money(amount, planned.Route.To), planned.Route.ToString(), notional, cost));
    }

    private (decimal Open, bool IsSale)? PriceOf(RouteLeg leg) => _opens.TryGetValue((leg.From, leg.To), out decimal sold) ? (sold, true)
        : _opens.TryGetValue((leg.To, leg.From), out decimal bought) ? (bought, false)
        : null;

    private void Observe(BarMerge merge)
    {
        foreach (int place in merge.Group)
        {
            Instrument instrument = _series[place].Instrument;
            decimal close = instrument.ToDecimal(merge[place].Current.Close);
            decimal half = close * _settings.Costs.HalfSpread;
            _quotes[place] = new PairQuote(instrument.Base, instrument.Quote, close - half, close + half, merge.Close);
        }

        _graph = new RateGraph([.. _quotes.OfType<PairQuote>()], _settings.Costs.ExpectedFee);
    }

    // All plans start at the same instant with the same holdings: the first at which every symbol has had a price.
    private PortfolioLedger? Begin(Timestamp now)
    {
        if (_quotes.Any(quote => quote is null))
        {
            return null;
        }

        Asset[] assets = [.. _graph.Assets.Where(asset => asset != _settings.Numeraire)];
        decimal part = _settings.Balance / (assets.Length + 1);
        _start = _settings.Holdings.Count > 0 ? _settings.Holdings :
        [
            new Money(Rounded(part), _settings.Numeraire),
            .. assets.Select(asset => new Money(Rounded(part / _graph.Mid(asset, _settings.Numeraire)!.Value), asset)),
        ];
        _startPrices = [.. _start.Select(held => _graph.Mid(held.Asset, _settings.Numeraire) ?? 0)];
        _ledger = new PortfolioLedger(_start);
        decimal worth = _ledger.Value(_graph, _settings.Numeraire);
        _equity = worth <= 0 ? throw new PortfolioInputException("holdings", "worth nothing", "holdings of assets that the symbols quote") : new EquityRecorder(new EquityRecorderSettings
        {
            InitialEquity = worth,
            Start = now + TimeSpan.FromTicks(-1),
            End = _series.Max(series => series.Extent.Last.CloseTime),
            ExpectedBars = _series.Max(series => series.Extent.Count),
        });
        return _ledger;
    }

    private void Value(Timestamp now, Timestamp next, PortfolioLedger ledger)
    {
        decimal worth = ledger.Value(_graph, _settings.Numeraire);
        decimal cash = ledger.Of(_settings.Numeraire);
        _equity!.Observe(now, (double)worth, (double)(worth - cash));
        if (_equity.WantsPoint(now, next))
        {
            _equity.AddPoint(new EquityPoint(now, worth, cash, worth - cash));
        }
    }

    private void Decide(Timestamp now, PortfolioLedger ledger)
    {
        _pending = _plan.Decide(new PlanMoment(now, [.. _quotes.OfType<PairQuote>()], _graph, ledger.Holdings));
        _decided = now;
        _decisions.AddRange(_pending.Select(planned => (now, FormattableString.Invariant($"{planned.From} over {planned.Route}"))));
    }

    private static decimal Rounded(decimal amount) => decimal.Round(amount, AmountDecimals, MidpointRounding.ToZero);
}
