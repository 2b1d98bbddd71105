using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance;

/// <summary>Where a private stream leads to.</summary>
/// <param name="OnNews">Takes news.</param>
/// <param name="OnSubscribed">The stream is open again: the account has to be read.</param>
/// <param name="OnLost">The stream is lost: news are missing from here on.</param>
internal sealed record UserStreamSink(Action<AccountEvent> OnNews, Action OnSubscribed, Action OnLost);
