using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Hosting.Accounts;

/// <summary>The parts of a step of an account, in their order.</summary>
public enum AccountStage
{
    /// <summary>Orders of the operator are carried out.</summary>
    Orders = 0,

    /// <summary>What the feed brought is read and made into bars.</summary>
    Feed = 1,

    /// <summary>A closed bar is handled: journal, fills, features, strategies, risk, orders.</summary>
    Bar = 2,

    /// <summary>The passing of time is handled.</summary>
    Heartbeat = 3,

    /// <summary>How the account stands is copied for whoever watches.</summary>
    Publish = 4,

    /// <summary>State is saved and a new session begun.</summary>
    Save = 5,
}

/// <summary>Told on the account's own thread what its steps cost and which trades its market brings. Whoever implements it returns at once: the account waits.</summary>
public interface IAccountProbe
{
    /// <summary>A part of a step is done.</summary>
    void OnStage(AccountStage stage, TimeSpan took);

    /// <summary>A book changed.</summary>
    void OnBook(in MarketEvent change);

    /// <summary>The book of an instrument cannot be believed until its next snapshot.</summary>
    void OnBookLost(in FeedFault fault);

    /// <summary>A trade came, this long after it was received.</summary>
    void OnTrade(in MarketEvent trade, TimeSpan age);

    /// <summary>An order leaves for its venue, this long after the message that led to it was received. The only one that may come from any thread.</summary>
    void OnOrder(TimeSpan took);
}
