namespace Harrier.Api.Commands;

/// <summary>What comes with an order.</summary>
/// <param name="Reason">Why, in up to 200 characters; kept with the order in the journal.</param>
public sealed record OrderBody(string? Reason = null);

/// <summary>What became of an order.</summary>
/// <param name="Done">Always true: what was refused is a problem.</param>
/// <param name="Text">What was done.</param>
public sealed record OrderAnswer(bool Done, string Text);
