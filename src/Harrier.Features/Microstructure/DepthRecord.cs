using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>The size within a distance of the best price of a side, in base currency.</summary>
/// <param name="Within5">Up to 5 bps.</param>
/// <param name="Within10">Up to 10 bps.</param>
/// <param name="Within25">Up to 25 bps.</param>
/// <param name="Within50">Up to 50 bps.</param>
public readonly record struct DepthBands(double Within5, double Within10, double Within25, double Within50);

/// <summary>The depth of a book as it once was.</summary>
/// <param name="Time">When.</param>
/// <param name="Top">Best bid and ask.</param>
/// <param name="Bids">Depth of the bids.</param>
/// <param name="Asks">Depth of the asks.</param>
public readonly record struct DepthRecord(Timestamp Time, BookTop Top, DepthBands Bids, DepthBands Asks);
