using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;

namespace Harrier.Engine.Journal;

/// <summary>
/// The memory of an engine. Inputs are appended before anything can change because of them; decisions follow for audit, replay makes them anew.
/// An append that cannot be made durable throws, and the engine stops rather than trade without a memory.
/// </summary>
public interface IJournal
{
    /// <summary>Appends a bar about to be handled.</summary>
    void Append(in Bar bar);

    /// <summary>Appends a market event about to be handled.</summary>
    void Append(in MarketEvent marketEvent);

    /// <summary>Appends a report about to be handled.</summary>
    void Append(in ExecutionReport report);

    /// <summary>Appends a transfer about to be handled.</summary>
    void Append(in AccountReport report);

    /// <summary>Appends a step of a conversion about to be handled; a request must be durable before its commit leaves.</summary>
    void Append(in ConversionReport report);

    /// <summary>Appends a fault about to be handled.</summary>
    void Append(in FeedFault fault);

    /// <summary>Appends a command about to be handled.</summary>
    void Append(in OperatorCommand command);

    /// <summary>Appends a heartbeat about to be handled.</summary>
    void Append(in Heartbeat heartbeat);

    /// <summary>Appends an order that was sent.</summary>
    void AppendSubmitted(ApprovedOrder order, Timestamp time);

    /// <summary>Appends a cancellation that was sent.</summary>
    void AppendCancel(ClientOrderId order, Timestamp time);

    /// <summary>Appends a refusal of the risk gate.</summary>
    void AppendDenied(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time);

    /// <summary>Appends the failure of a strategy.</summary>
    void AppendFailure(in BotFailure failure);
}
