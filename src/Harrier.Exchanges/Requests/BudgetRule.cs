namespace Harrier.Exchanges.Requests;

/// <summary>
/// One of a venue's limits. It is kept as a sliding window that counts each request from the moment it may leave until one
/// window after its answer came: the venue counted it somewhere between, so the limit also holds in the venue's own windows,
/// fixed to its clock or not, however long the network took.
/// </summary>
/// <param name="Name">The rule's name among the rules of a budget, such as the venue's header for it.</param>
/// <param name="Limit">The weight that fits in a window, at least 1.</param>
/// <param name="Window">The window's length, above zero.</param>
/// <param name="PerAccount">True when the venue counts per account, false when per IP address.</param>
public sealed record BudgetRule(string Name, int Limit, TimeSpan Window, bool PerAccount);
