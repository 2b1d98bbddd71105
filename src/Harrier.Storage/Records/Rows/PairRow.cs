namespace Harrier.Storage.Records.Rows;

/// <summary>A pair that portfolio bots of an account look at.</summary>
/// <param name="Account">The account.</param>
/// <param name="Symbol">Both codes with a dash, such as BTC-USD.</param>
/// <param name="Priority">A higher one is looked at more often.</param>
/// <param name="IsEnabled">False for one that is left alone.</param>
public sealed record PairRow(string Account, string Symbol, int Priority, bool IsEnabled);
