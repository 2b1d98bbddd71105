namespace Harrier.Engine.Risk.Rules;

/// <summary>Bounds how many positions the account is in at once, those being opened included.</summary>
internal sealed class MaxPositionsRule(int? limit)
{
    public bool IsOn => limit is not null;

    /// <param name="others">Positions besides that of the entry.</param>
    public GateReading Read(IReadOnlyList<Exposure> others) => GateReading.Below(DenyRule.MaxPositions, others.Count, limit ?? 0);
}
