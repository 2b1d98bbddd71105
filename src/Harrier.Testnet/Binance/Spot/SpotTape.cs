using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>Trades of one taker order at one price, as one.</summary>
/// <param name="Id">Rises by one for each aggregate of the symbol.</param>
/// <param name="Price">Price.</param>
/// <param name="Quantity">Sum.</param>
/// <param name="FirstId">First trade.</param>
/// <param name="LastId">Last trade.</param>
internal readonly record struct AggregateTrade(long Id, decimal Price, decimal Quantity, long FirstId, long LastId)
{
    /// <value>Time of the last trade.</value>
    public Timestamp Time { get; init; }

    /// <value>Whether the taker sold.</value>
    public bool IsSell { get; init; }
}

/// <summary>
/// Joins trades into aggregates: an aggregate ends with the command that made it, which the core shows by a new group or by the change of the top
/// of the book that follows; at the latest with the next step of the clock.
/// </summary>
internal sealed class SpotTape : IExchangeListener
{
    private const int Kept = 5000;

    private readonly Roll[] _rolls;

    /// <summary>Listens from now on.</summary>
    public SpotTape(ExchangeCore core)
    {
        _rolls = [.. core.Listings.Select(_ => new Roll())];
        core.Subscribe(this);
    }

    /// <summary>Raised with each finished aggregate.</summary>
    public event Action<ListedInstrument, AggregateTrade>? Finished;

    /// <summary>The aggregates that are remembered, oldest first.</summary>
    public IReadOnlyList<AggregateTrade> Of(ListedInstrument instrument) => _rolls[instrument.Index].Done;

    /// <inheritdoc/>
    public void OnTrade(ListedInstrument instrument, PublicTrade trade)
    {
        Roll roll = _rolls[instrument.Index];
        if (roll.Open is { } open && open.FirstId == trade.FirstId)
        {
            roll.Open = open with { Quantity = open.Quantity + trade.Quantity, LastId = trade.Id, Time = trade.Time };
            return;
        }

        Finish(instrument, roll);
        roll.Open = new AggregateTrade(++roll.LastId, trade.Price, trade.Quantity, trade.FirstId, trade.Id) { Time = trade.Time, IsSell = trade.IsSell };
    }

    /// <inheritdoc/>
    public void OnTop(ListedInstrument instrument, long updateId, in TopOfBook top) => Finish(instrument, _rolls[instrument.Index]);

    /// <summary>Ends what is open.</summary>
    public void Finish(ListedInstrument instrument) => Finish(instrument, _rolls[instrument.Index]);

    private void Finish(ListedInstrument instrument, Roll roll)
    {
        if (roll.Open is not { } open)
        {
            return;
        }

        roll.Open = null;
        if (roll.Done.Count >= 2 * Kept)
        {
            roll.Done.RemoveRange(0, Kept);
        }

        roll.Done.Add(open);
        Finished?.Invoke(instrument, open);
    }

    private sealed class Roll
    {
        public List<AggregateTrade> Done { get; } = [];

        public AggregateTrade? Open { get; set; }

        public long LastId { get; set; }
    }
}
