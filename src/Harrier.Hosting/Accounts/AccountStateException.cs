namespace Harrier.Hosting.Accounts;

/// <summary>What is stored of an account cannot be continued; nothing was changed.</summary>
/// <param name="account">The account's name.</param>
/// <param name="problem">Why, and what can be done.</param>
public sealed class AccountStateException(string account, string problem) : Exception($"account {account}: {problem}");
