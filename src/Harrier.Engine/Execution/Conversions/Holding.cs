using Harrier.Domain;

namespace Harrier.Engine.Execution;

/// <summary>What an account holds of an asset.</summary>
/// <param name="Total">All of it, and of which asset.</param>
/// <param name="Available">What can be converted now.</param>
public readonly record struct Holding(Money Total, decimal Available);
