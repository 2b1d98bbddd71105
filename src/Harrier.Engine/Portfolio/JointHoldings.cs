namespace Harrier.Engine.Portfolio;

/// <summary>What all bots of an account hold together.</summary>
/// <param name="Lots">Of each instrument, by its index: the sum of all positions, negative when short.</param>
/// <param name="Basis">Of each instrument, by its index: the sum of what the positions cost, in its quote asset; negative when short.</param>
/// <param name="Owned">Of each asset, by its index: what is owned.</param>
public sealed record JointHoldings(long[] Lots, decimal[] Basis, decimal[] Owned);
