using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>
/// The order flow of one symbol around a latent price: makers who quote near it and far from it, takers in clusters whose side persists, takers who
/// know the latent price and pick off stale quotes, makers who pull them, walls. Pure: it sees the best prices and says what to do; whoever
/// executes that tells which orders ended. The same seed and views give the same actions.
/// </summary>
public sealed class OrderFlowModel
{
    /// <summary>Length of a step.</summary>
    internal const double StepSeconds = 0.1;

    private const double HalfSpreadPerDeviation = 0.3;
    private const double RestPerTake = 4;
    private readonly OrderFlowSettings _settings;
    private readonly RandomStream _random;
    private readonly FlowOrders _orders = new();
    private readonly FlowSizes _sizes;
    private readonly FlowWalls _walls;
    private readonly TakerArrivals _takers;
    private readonly double _takesPerSecond;
    private readonly double _restsPerSecond;
    private readonly double _lotsPerSecond;
    private readonly int[] _drained = new int[2];
    private double _stress;
    private long _bid;
    private long _ask;

    /// <summary>A flow before its first order.</summary>
    /// <param name="settings">How lively.</param>
    /// <param name="lotsPerSecond">Lots traded a second in the mean.</param>
    /// <param name="random">Its own stream.</param>
    public OrderFlowModel(OrderFlowSettings settings, double lotsPerSecond, RandomStream random)
    {
        _settings = settings;
        _random = random;
        _lotsPerSecond = lotsPerSecond;

        // Ten book messages a second at most; a taker makes about one and a half trades.
        double books = Math.Min(10, settings.MessagesPerSecond * 0.5);
        _takesPerSecond = Math.Max(0.05, (settings.MessagesPerSecond - books) / 1.5);
        _restsPerSecond = settings.MessagesPerSecond * 0.6;
        _takers = new TakerArrivals(random, _takesPerSecond);
        _sizes = new FlowSizes(random);
        _walls = new FlowWalls(random, settings.BetweenWalls);
    }

    /// <summary>Half of the usual spread at the moment, in ticks.</summary>
    public double HalfSpread { get; private set; } = 0.5;

    /// <summary>Number of slots in use or used before.</summary>
    public int Slots => _orders.Capacity;

    private double MeanTake => _lotsPerSecond / _takesPerSecond;

    /// <summary>Tells that the order of a slot ended without the flow's doing: filled, refused or expired.</summary>
    public void Ended(int slot) => _orders.Remove(slot);

    /// <summary>True while a slot holds an order.</summary>
    public bool IsOpen(int slot) => _orders.IsOpen(slot);

    /// <summary>Keeps one side empty for a while.</summary>
    /// <param name="isSell">Which side.</param>
    /// <param name="length">How long.</param>
    public void Drain(bool isSell, TimeSpan length) => _drained[isSell ? 1 : 0] = (int)(length.TotalSeconds / StepSeconds);

    /// <summary>Says what the flow does in the next 100 ms.</summary>
    /// <param name="view">The market now.</param>
    /// <param name="actions">Takes the actions, in the order to execute them.</param>
    public void Step(in FlowView view, List<FlowAction> actions)
    {
        _bid = view.BestBid;
        _ask = view.BestAsk;
        Widen(view);
        double latent = view.Latent + _walls.Pull;
        int pulled = _walls.Advance(_orders, view.Latent, HalfSpread);
        if (pulled >= 0)
        {
            Cancel(pulled, actions);
        }

        PullStale(latent, actions);
        CancelSome(actions);
        Take(latent, view.Volume, actions);
        for (int side = 0; side < 2; side++)
        {
            Quote(side == 1, latent, actions);
        }

        if (_walls.IsDue && _orders.Count(false) > 20 && _orders.Count(true) > 20)
        {
            RaiseWall(latent, actions);
        }
    }

    /// <summary>Places a wall that stands for a while.</summary>
    /// <param name="isSell">Side.</param>
    /// <param name="price">In ticks; moved behind the best price of the other side when it would take.</param>
    /// <param name="multiple">Size in typical orders of the side.</param>
    /// <param name="length">How long it stands unless it is eaten; null for a random time, after which it is pulled or the price is drawn through it.</param>
    /// <returns>The action to execute.</returns>
    public FlowAction Wall(bool isSell, long price, double multiple, TimeSpan? length)
    {
        long typical = Math.Max(1, _orders.TypicalLots(isSell, _random));
        long safe = isSell ? Math.Max(price, _bid + 1) : _ask > 0 ? Math.Min(price, _ask - 1) : price;
        long lots = (long)Math.Min(typical * multiple, 1e15);
        int slot = _orders.Add(isSell, Math.Max(1, safe), lots);
        _walls.Add(slot, length?.TotalSeconds);
        return new FlowAction(FlowActionKind.Rest, isSell, Math.Max(1, safe), lots, slot);
    }

    // The spread follows the volatility and opens further when the price has just run away from the quotes.
    private void Widen(in FlowView view)
    {
        double half = Math.Max(0.5, HalfSpreadPerDeviation * view.SecondDeviation * view.Latent);
        double gap = _bid > 0 && _ask > 0 ? Math.Abs(view.Latent - ((_bid + _ask) / 2.0)) / half : 0;
        _stress = Math.Max(_stress * 0.97, Math.Min(4, (gap - 6) / 10));
        HalfSpread = half * (1 + Math.Max(0, _stress));
    }

    private void PullStale(double latent, List<FlowAction> actions)
    {
        for (int side = 0; side < 2; side++)
        {
            bool isSell = side == 1;
            bool isDrained = _drained[side] > 0;
            _drained[side] -= isDrained ? 1 : 0;
            long best = isSell ? _ask : _bid;
            bool isStale = best > 0 && (isSell ? latent - best : best - latent) > 0;
            for (int i = _orders.Count(isSell) - 1; (isStale || isDrained) && i >= 0; i--)
            {
                int slot = _orders.At(isSell, i);
                double beyond = isSell ? latent - _orders.Price(slot) : _orders.Price(slot) - latent;
                if (isDrained || (beyond > 0 && !_walls.Holds(slot) && _random.NextDouble() < 0.7))
                {
                    Cancel(slot, actions);
                }
            }
        }
    }

    private void CancelSome(List<FlowAction> actions)
    {
        for (int side = 0; side < 2; side++)
        {
            bool isSell = side == 1;
            int excess = _orders.Count(isSell) - _settings.OrdersPerSide;
            int count = TakerArrivals.Poisson(_random, _restsPerSecond / 2 * StepSeconds) + Math.Max(0, excess / 3);
            for (int i = 0; i < count && excess > -_settings.OrdersPerSide / 4; i++)
            {
                int slot = _orders.Draw(isSell, _random);
                int other = _orders.Draw(isSell, _random);
                if (slot < 0)
                {
                    break;
                }

                // Orders near the best price are canceled more often than those far behind it.
                bool otherIsNearer = isSell ? _orders.Price(other) < _orders.Price(slot) : _orders.Price(other) > _orders.Price(slot);
                slot = otherIsNearer == (_random.NextDouble() < 0.65) ? other : slot;
                if (!_walls.Holds(slot))
                {
                    Cancel(slot, actions);
                }
            }
        }
    }

    private void Take(double latent, double volume, List<FlowAction> actions)
    {
        if (_bid == 0 || _ask == 0)
        {
            return;
        }

        double middle = (_bid + _ask) / 2.0;
        double pull = (latent - middle) / HalfSpread;
        int count = _takers.Next(Math.Clamp(volume, 0.3, 3));
        for (int i = 0; i < count; i++)
        {
            bool isSell = _takers.NextIsSell(pull);
            double reach = 1 + (HalfSpread * 1.5 * _random.NextExponential());
            long limit = isSell ? (long)Math.Max(1, Math.Floor(_bid - reach)) : (long)Math.Ceiling(_ask + reach);
            actions.Add(new FlowAction(FlowActionKind.Take, isSell, limit, _sizes.Take(MeanTake), -1));
        }

        // Who knows the latent price takes what is offered on its wrong side.
        bool sells = latent < _bid - (HalfSpread * 0.5);
        if ((sells || latent > _ask + (HalfSpread * 0.5)) && _random.NextDouble() < 0.6)
        {
            long limit = Math.Max(1, (long)(sells ? Math.Ceiling(latent) : Math.Floor(latent)));
            actions.Add(new FlowAction(FlowActionKind.Take, sells, limit, _sizes.Take(MeanTake * RestPerTake), -1));
        }
    }

    private void Quote(bool isSell, double latent, List<FlowAction> actions)
    {
        if (_drained[isSell ? 1 : 0] > 0)
        {
            return;
        }

        // Makers follow the trades a little: after a large taker the price comes back, but not at once.
        double middle = _bid > 0 && _ask > 0 ? (_bid + _ask) / 2.0 : latent;
        double reference = latent + (0.15 * Math.Clamp(middle - latent, -5 * HalfSpread, 5 * HalfSpread));
        int missing = _settings.OrdersPerSide - _orders.Count(isSell);
        int count = TakerArrivals.Poisson(_random, _restsPerSecond / 2 * StepSeconds);
        count += missing > _settings.OrdersPerSide / 2 ? missing / 2 : missing > 5 ? (missing / 20) + 1 : 0;
        double span = Math.Max(2, latent * _settings.Reach / HalfSpread);
        for (int i = 0; i < count; i++)
        {
            bool isNear = _random.NextDouble() < 0.5;
            double halves = isNear ? 0.7 + (1.6 * _random.NextExponential()) : Math.Exp(_random.NextDouble() * Math.Log(span));
            double distance = Math.Max(0.5, HalfSpread * halves);
            Rest(isSell, _sizes.Price(reference, distance, isSell), _sizes.Rest(MeanTake * RestPerTake * Math.Pow(1 + halves, 0.35)), actions);
        }

        if (_bid > 0 && _ask > 0 && _ask - _bid > Math.Max(1, 2.5 * HalfSpread) && _random.NextDouble() < 0.6)
        {
            Rest(isSell, _sizes.Price(reference, Math.Max(0.5, HalfSpread), isSell), _sizes.Rest(MeanTake * RestPerTake), actions);
        }
    }

    private void Rest(bool isSell, long price, long lots, List<FlowAction> actions)
    {
        if (isSell)
        {
            price = Math.Max(price, _bid + 1);
            _ask = _ask == 0 ? price : Math.Min(_ask, price);
        }
        else
        {
            price = _ask > 0 ? Math.Min(price, _ask - 1) : price;
            _bid = Math.Max(_bid, price);
        }

        if (price > 0)
        {
            actions.Add(new FlowAction(FlowActionKind.Rest, isSell, price, lots, _orders.Add(isSell, price, lots)));
        }
    }

    private void Cancel(int slot, List<FlowAction> actions)
    {
        actions.Add(new FlowAction(FlowActionKind.Cancel, _orders.IsSell(slot), _orders.Price(slot), 0, slot));
        _orders.Remove(slot);
    }

    private void RaiseWall(double latent, List<FlowAction> actions)
    {
        bool isSell = _random.NextDouble() < 0.5;
        double distance = Math.Max(2, HalfSpread * (3 + (12 * _random.NextDouble())));
        long price = _sizes.Price(latent, distance, isSell);
        actions.Add(Wall(isSell, price, 10 + (14 * _random.NextDouble()), null));
    }
}
