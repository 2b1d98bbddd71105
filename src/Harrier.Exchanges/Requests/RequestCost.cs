namespace Harrier.Exchanges.Requests;

/// <summary>What a request is expected to spend of a rule.</summary>
/// <param name="Rule">The name of a rule of the budget.</param>
/// <param name="Weight">The documented weight, 0 or more; the venue's headers correct it afterwards.</param>
public readonly record struct RequestCost(string Rule, int Weight);
