using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>Trades of one taker order at one price, as one.</summary>
/// <param name="Id">Rises by one for each aggregate of the contract.</param>
/// <param name="Price">Price.</param>
/// <param name="Quantity">Sum of the quantities.</param>
/// <param name="FirstId">First trade.</param>
/// <param name="LastId">Last trade.</param>
internal readonly record struct LinearAggregate(long Id, decimal Price, decimal Quantity, long FirstId, long LastId)
{
    /// <value>Time of its trades.</value>
    public Timestamp Time { get; init; }

    /// <value>Whether the taker sold, so that the buyer was the maker.</value>
    public bool IsSell { get; init; }

    /// <summary>The aggregates of trades in order; one that began earlier holds only the part that is there.</summary>
    public static IEnumerable<LinearAggregate> Of(IEnumerable<PublicTrade> trades)
    {
        LinearAggregate? open = null;
        foreach (PublicTrade trade in trades)
        {
            if (open is { } done && done.Id != trade.AggregateId)
            {
                yield return done;
                open = null;
            }

            open = (open ?? new LinearAggregate(trade.AggregateId, trade.Price, 0, trade.FirstId, trade.LastId)).With(trade);
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    /// <summary>The aggregate with one more of its trades.</summary>
    public LinearAggregate With(PublicTrade trade) => this with
    {
        Quantity = Quantity + trade.Quantity,
        LastId = trade.LastId,
        Time = trade.Time,
        IsSell = trade.IsSell,
    };

    /// <summary>Its members; messages and answers have the same.</summary>
    public void WriteMembers(Utf8JsonWriter json, ListedInstrument instrument)
    {
        json.WriteNumber("a"u8, Id);
        json.WritePrice("p"u8, instrument, Price);
        json.WriteQuantity("q"u8, instrument, Quantity);
        json.WriteNumber("f"u8, FirstId);
        json.WriteNumber("l"u8, LastId);
        json.WriteNumber("T"u8, Time.UnixMilliseconds);
        json.WriteBoolean("m"u8, IsSell);
    }
}
