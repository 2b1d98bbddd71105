namespace Harrier.Engine.Risk;

/// <summary>What an account may do. Orders that only make a position smaller pass in every state.</summary>
public enum TradingState : byte
{
    /// <summary>Everything that the rules for a single order allow.</summary>
    Active = 0,

    /// <summary>A limit bars entries for a time, and ends by itself: the loss of the day, or losses in a row.</summary>
    Reducing = 1,

    /// <summary>No entries until the operator acts: <see cref="OperatorAction.Halt"/>, or a kill switch that has fired.</summary>
    Halted = 2,
}
