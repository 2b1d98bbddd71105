using Harrier.Domain;

namespace Harrier.Engine.Execution;

/// <summary>What is to be converted.</summary>
/// <param name="Intent">Our name of the intent; the venue keeps it as its reference, so that a lost answer can be found again.</param>
/// <param name="From">What is given.</param>
/// <param name="To">What is wanted.</param>
/// <param name="Amount">How much, above 0: of <paramref name="From"/> to spend exactly that, of <paramref name="To"/> to receive exactly that.</param>
public sealed record ConversionRequest(ClientOrderId Intent, Asset From, Asset To, Money Amount);
