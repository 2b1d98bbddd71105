using Harrier.Simulation.Randomness;
using Harrier.Simulation.Synthetic;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>The order flow of one instrument of one core: executes what the model says and tells it what became of its orders. Used inside the gate.</summary>
internal sealed class SymbolFlow
{
    private readonly ExchangeCore _core;
    private readonly ExchangeAccount _maker;
    private readonly ExchangeAccount _taker;
    private readonly OrderFlowModel _model;
    private readonly List<FlowAction> _actions = [];
    private ExchangeOrder?[] _orders = new ExchangeOrder?[512];

    // Apart from the orders, which lie far from each other: each trade asks which of hundreds it may have ended.
    private decimal[] _prices = new decimal[512];
    private decimal _tick;
    private decimal _tradedLow = decimal.MaxValue;
    private decimal _tradedHigh;
    private bool _isUnsettled;

    /// <summary>A flow before its first order.</summary>
    public SymbolFlow(ExchangeCore core, ListedInstrument instrument, (ExchangeAccount Maker, ExchangeAccount Taker) house, SyntheticSymbol symbol, SymbolFlowTerms terms)
    {
        _core = core;
        (_maker, _taker) = house;
        Instrument = instrument;
        LatentIndex = terms.LatentIndex;
        Shift = terms.Shift;
        _tick = instrument.TickSize;
        double lotsPerSecond = symbol.DailyVolume / 86_400 / (double)instrument.LotSize;
        _model = new OrderFlowModel(terms.Settings, lotsPerSecond, terms.Random);
    }

    /// <summary>The core it trades on.</summary>
    public ExchangeCore Core => _core;

    /// <summary>What it trades.</summary>
    public ListedInstrument Instrument { get; }

    /// <summary>Its symbol in the latent market.</summary>
    public int LatentIndex { get; }

    /// <summary>What an operator does to its price.</summary>
    public PriceShift Shift { get; }

    /// <summary>Takes note of a trade: orders at its price may have ended.</summary>
    public void OnTrade(decimal price)
    {
        _tradedLow = Math.Min(_tradedLow, price);
        _tradedHigh = Math.Max(_tradedHigh, price);
    }

    /// <summary>Takes note that status or tick changed: any order may have ended.</summary>
    public void OnListing() => _isUnsettled = true;

    /// <summary>Does what happens in 100 ms.</summary>
    public void Step(LatentMarket latent)
    {
        if (Instrument.Status is ListingStatus.Delisted or ListingStatus.Halted or ListingStatus.CancelOnly)
        {
            return;
        }

        Settle();
        decimal bid = Instrument.Book.BestBid;
        decimal ask = Instrument.Book.BestAsk;
        double price = latent.Price(LatentIndex) * Shift.Factor;
        if (Instrument.Kind == MarketKind.Linear)
        {
            _core.SetIndexPrice(Instrument.Symbol, Math.Round((decimal)price, Math.Min(8, _tick.Scale + 2)));
        }

        FlowView view = new(price / (double)_tick, latent.SecondDeviation(LatentIndex), latent.Volume, (long)(bid / _tick), (long)decimal.Ceiling(ask / _tick));
        _actions.Clear();
        _model.Step(view, _actions);
        foreach (FlowAction action in _actions)
        {
            Execute(action);
        }
    }

    /// <summary>Places a wall that stands for a while.</summary>
    public void Wall(bool isSell, decimal price, double multiple, TimeSpan length) => Execute(_model.Wall(isSell, (long)(price / _tick), multiple, length));

    /// <summary>Keeps one side free of the house's orders for a while.</summary>
    public void Drain(bool isSell, TimeSpan length) => _model.Drain(isSell, length);

    private void Settle()
    {
        bool isNewGrid = Instrument.TickSize != _tick;
        bool all = _isUnsettled || isNewGrid;
        if (!all && _tradedHigh == 0)
        {
            return;
        }

        for (int slot = 0; slot < _model.Slots; slot++)
        {
            bool mayHaveEnded = all || (_prices[slot] >= _tradedLow && _prices[slot] <= _tradedHigh);
            if (!mayHaveEnded || !_model.IsOpen(slot) || _orders[slot] is not { } order)
            {
                continue;
            }

            if (isNewGrid && order.IsOpen)
            {
                Cancel(order);
            }

            if (!order.IsOpen)
            {
                _orders[slot] = null;
                _model.Ended(slot);
            }
        }

        _tick = Instrument.TickSize;
        _tradedLow = decimal.MaxValue;
        _tradedHigh = 0;
        _isUnsettled = false;
    }

    private void Execute(in FlowAction action)
    {
        switch (action.Kind)
        {
            case FlowActionKind.Cancel:
                if (_orders[action.Slot] is { IsOpen: true } order)
                {
                    Cancel(order);
                }

                _orders[action.Slot] = null;
                break;
            case FlowActionKind.Rest:
                Rest(action);
                break;
            default:
                _core.Place(_taker, Terms(action) with { Type = ExchangeOrderType.Limit, TimeInForce = ExchangeTimeInForce.IOC });
                break;
        }
    }

    private void Rest(in FlowAction action)
    {
        if (action.Slot >= _orders.Length)
        {
            Array.Resize(ref _orders, _orders.Length * 2);
            Array.Resize(ref _prices, _orders.Length);
        }

        ExchangeOrder? order = _core.Place(_maker, Terms(action) with { Type = ExchangeOrderType.LimitMaker }).Order;
        (_orders[action.Slot], _prices[action.Slot]) = (order, order?.Price ?? 0);
        if (order is not { IsOpen: true })
        {
            _model.Ended(action.Slot);
        }
    }

    private NewOrder Terms(in FlowAction action)
    {
        decimal price = action.Price * _tick;
        decimal least = Math.Max(Instrument.MinQuantity, Instrument.MinNotional / price);
        decimal lots = Math.Max(action.Lots, decimal.Ceiling(least / Instrument.LotSize));
        return new NewOrder
        {
            Symbol = Instrument.Symbol,
            IsSell = action.IsSell,
            Price = price,
            Quantity = Math.Min(lots * Instrument.LotSize, Instrument.MaxQuantity),
        };
    }

    private void Cancel(ExchangeOrder order) => _core.Cancel(_maker, new OrderKey(Instrument.Symbol, order.Id, null));
}

/// <summary>What a flow shares with others, and its own stream.</summary>
internal sealed record SymbolFlowTerms(int LatentIndex, PriceShift Shift, OrderFlowSettings Settings, RandomStream Random);
