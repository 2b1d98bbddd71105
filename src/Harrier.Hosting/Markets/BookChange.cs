using Harrier.Domain;

namespace Harrier.Hosting.Markets;

/// <summary>A trade or a change of a book on its way to whoever listens.</summary>
/// <param name="Account">Which account told it.</param>
/// <param name="Instrument">Of what.</param>
/// <param name="Event">The event; of a fault only its time counts.</param>
/// <param name="IsFault">True where the book cannot be believed until its next snapshot.</param>
public readonly record struct BookChange(string Account, Instrument Instrument, MarketEvent Event, bool IsFault);
