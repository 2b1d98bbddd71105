using Harrier.Domain;

namespace Harrier.Hosting.Accounts;

/// <summary>Something that is to be done on an account's task.</summary>
/// <param name="Do">Does it, between two inputs.</param>
/// <param name="Passes">True when it is done also while the account waits for its venue.</param>
/// <param name="Answer">What came of it.</param>
internal sealed record QueuedOrder(Func<AccountRunner, Timestamp, CommandAnswer> Do, bool Passes, TaskCompletionSource<CommandAnswer> Answer);
