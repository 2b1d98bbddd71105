using Harrier.Domain;

namespace Harrier.Storage.Records.Rows;

/// <summary>The configuration of a portfolio bot.</summary>
/// <param name="Account">The account.</param>
/// <param name="Bot">The bot.</param>
/// <param name="Settings">Its settings, as JSON.</param>
/// <param name="UpdatedAt">When they were last changed.</param>
public sealed record PortfolioBotRow(string Account, string Bot, string Settings, Timestamp UpdatedAt);
