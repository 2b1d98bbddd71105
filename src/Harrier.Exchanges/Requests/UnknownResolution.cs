namespace Harrier.Exchanges.Requests;

/// <summary>How an unknown outcome was settled.</summary>
/// <typeparam name="T">The venue's order, or whatever the intent makes.</typeparam>
/// <param name="State">Adopted, proven absent or escalated.</param>
/// <param name="Order">What was found; null unless adopted.</param>
/// <param name="Queries">How often the venue was asked by id.</param>
/// <param name="Reason">One line for the audit: what settled it, or what the proof lacked.</param>
public sealed record UnknownResolution<T>(UnknownState State, T? Order, int Queries, string Reason)
    where T : class;
