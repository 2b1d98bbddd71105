namespace Harrier.Engine.Strategies;

/// <summary>Whether a bot's strategy is heard. Protective orders are kept in any case.</summary>
public enum BotCondition : byte
{
    /// <summary>It hears the market and trades.</summary>
    Running = 0,

    /// <summary>The operator paused it: it hears the market, and nothing that grows a position is let through.</summary>
    Paused = 1,

    /// <summary>The operator stopped it, or the data ended: it hears and says nothing. Positions stay with their protective orders.</summary>
    Stopped = 2,

    /// <summary>The operator told it to get out: orders are canceled and positions closed at the market, again until it is flat.</summary>
    Emergency = 3,

    /// <summary>Its strategy failed: it hears nothing until it is made anew.</summary>
    Failed = 4,
}
