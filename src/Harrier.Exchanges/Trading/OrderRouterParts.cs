using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>What an order router works with.</summary>
public sealed record OrderRouterParts
{
    /// <summary>The calls of the account.</summary>
    public required TradingClient Client { get; init; }

    /// <summary>Follows the orders and makes the reports.</summary>
    public required OrderTracker Tracker { get; init; }

    /// <summary>The engine's instruments, by id.</summary>
    public required IReadOnlyList<Instrument> Instruments { get; init; }

    /// <summary>Brings a request onto the venue's grid, or refuses it; given the price now where one is known.</summary>
    public required Func<OrderRequest, decimal?, VenueResult<OrderRequest>> Fit { get; init; }

    /// <summary>The price of an instrument now; null where none is known.</summary>
    public Func<InstrumentId, decimal?> PriceOf { get; init; } = static _ => null;

    /// <summary>True for an instrument whose position is the sum of several bots'.</summary>
    public Func<InstrumentId, bool> IsShared { get; init; } = static _ => false;

    /// <summary>
    /// True where whoever submits an order also makes and writes its request, which saves the change to another thread. False where the account's record goes to the disk first: that
    /// would keep the caller waiting.
    /// </summary>
    public bool SendsAtOnce { get; init; }

    /// <summary>When the message was received because of which an order is sent; null where none was. Asked for as the order is submitted.</summary>
    public Func<Timestamp?> Heard { get; init; } = static () => null;

    /// <summary>Told, from any thread, how long an order took from that message to its own request, which is signed and sent next.</summary>
    public Action<TimeSpan> Leaves { get; init; } = static _ => { };

    /// <summary>True where orders that wait for a trigger live apart.</summary>
    public bool SeparateConditionals { get; init; }

    /// <summary>How long to ask after lost answers, and what proves that an order does not exist.</summary>
    public required UnknownOutcomeOptions Unknown { get; init; }

    /// <summary>How long the trace of an order may take that the venue took without saying what became of it; after that it is in doubt.</summary>
    public TimeSpan ReceiptPatience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Since when the account's stream has been sound; null while it is not.</summary>
    public required Func<Timestamp?> StreamSoundSince { get; init; }

    /// <summary>Compares position and balances with the books of whoever keeps them; null without an answer. Without books there is nothing to disagree.</summary>
    public Func<CancellationToken, Task<bool?>> AccountAgrees { get; init; } = static _ => Task.FromResult<bool?>(true);

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }
}
