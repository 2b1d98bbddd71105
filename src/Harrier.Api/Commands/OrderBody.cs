using System.Text.Json.Nodes;

namespace Harrier.Api.Commands;

/// <summary>What comes with an order.</summary>
/// <param name="Reason">Why, in up to 200 characters; kept with the order in the journal.</param>
public sealed record OrderBody(string? Reason = null);

/// <summary>What became of an order.</summary>
/// <param name="Done">Always true: what was refused is a problem.</param>
/// <param name="Text">What was done.</param>
public sealed record OrderAnswer(bool Done, string Text);

/// <summary>A bot that is added.</summary>
/// <param name="Bot">The bot, as a configuration says it: name, strategy, parameters, symbol and so on.</param>
/// <param name="Reason">Why, in up to 200 characters.</param>
public sealed record AddBotBody(JsonObject? Bot, string? Reason = null);

/// <summary>What is changed.</summary>
/// <param name="Set">Keys and values as in a configuration; what is not among them stays.</param>
/// <param name="Reason">Why, in up to 200 characters.</param>
public sealed record ChangeBody(JsonObject? Set, string? Reason = null);
