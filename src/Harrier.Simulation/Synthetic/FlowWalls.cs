using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>
/// The walls of one flow: single orders of many times the usual size that stand for a while and then are pulled, or eaten, because the price
/// is drawn through them.
/// </summary>
internal sealed class FlowWalls
{
    private const double EatenShare = 0.45;
    private readonly RandomStream _random;
    private readonly double _chance;
    private readonly List<Wall> _walls = [];

    /// <summary>No walls yet.</summary>
    public FlowWalls(RandomStream random, TimeSpan between)
    {
        _random = random;
        _chance = between > TimeSpan.Zero ? OrderFlowModel.StepSeconds / between.TotalSeconds : 0;
    }

    /// <summary>How far the price is drawn towards a wall that is to be eaten, in ticks.</summary>
    public double Pull { get; private set; }

    /// <summary>True when it is time for a new wall.</summary>
    public bool IsDue => _walls.Count < 2 && _random.NextDouble() < _chance;

    /// <summary>True for a wall's slot: usual cancels leave it alone.</summary>
    public bool Holds(int slot)
    {
        foreach (Wall wall in _walls)
        {
            if (wall.Slot == slot)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes note of a wall that was placed.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="seconds">How long it stands; null for a random time.</param>
    public void Add(int slot, double? seconds = null)
    {
        double life = seconds ?? (12 + (45 * _random.NextExponential()));
        bool eaten = seconds is null && _random.NextDouble() < EatenShare;
        _walls.Add(new Wall { Slot = slot, Steps = Math.Max(1, (int)(life / OrderFlowModel.StepSeconds)), IsEaten = eaten });
    }

    /// <summary>Ages the walls by a step and draws the price.</summary>
    /// <param name="orders">Where the walls rest.</param>
    /// <param name="reference">The price without the pull in ticks.</param>
    /// <param name="half">Half of the usual spread in ticks.</param>
    /// <returns>The slot of a wall to pull now; -1 for none.</returns>
    public int Advance(FlowOrders orders, double reference, double half)
    {
        int pulled = -1;
        double target = 0;
        for (int i = _walls.Count - 1; i >= 0; i--)
        {
            Wall wall = _walls[i];
            bool isGone = !orders.IsOpen(wall.Slot);
            wall.Steps--;
            if (isGone || (wall.Steps <= 0 && !wall.IsEaten))
            {
                pulled = isGone ? pulled : wall.Slot;
                _walls.RemoveAt(i);
            }
            else if (wall.Steps <= 0)
            {
                // Just past the wall: takers work through it as long as it stands between them and this price.
                double past = orders.IsSell(wall.Slot) ? 2 * half : -2 * half;
                target = orders.Price(wall.Slot) + past - reference;
                wall.IsEaten = wall.Steps > -600;
            }
        }

        Pull += (target - Pull) * (target == 0 ? 0.02 : 0.05);
        return pulled;
    }

    private sealed class Wall
    {
        public int Slot { get; init; }

        public int Steps { get; set; }

        public bool IsEaten { get; set; }
    }
}
