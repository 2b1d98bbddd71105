using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Engine.Risk;

/// <summary>
/// An order that the risk gate let through: the only thing that <see cref="IVenue.Submit"/> takes, and only the gate can make one.
/// </summary>
public sealed class ApprovedOrder
{
    private readonly OrderIntent _intent;

    internal ApprovedOrder(ClientOrderId id, BotId bot, in OrderIntent intent)
    {
        Id = id;
        Bot = bot;
        _intent = intent;
    }

    /// <summary>Our id.</summary>
    public ClientOrderId Id { get; }

    /// <summary>Whose order.</summary>
    public BotId Bot { get; }

    /// <summary>What to do.</summary>
    public ref readonly OrderIntent Intent => ref _intent;
}
