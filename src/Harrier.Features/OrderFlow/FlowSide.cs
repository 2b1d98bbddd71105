namespace Harrier.Features.OrderFlow;

/// <summary>Which way something in the flow of orders points.</summary>
public enum FlowSide
{
    /// <summary>To lower prices.</summary>
    Bearish = -1,

    /// <summary>To neither.</summary>
    Neutral = 0,

    /// <summary>To higher prices.</summary>
    Bullish = 1,
}
