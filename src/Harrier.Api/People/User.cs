using Harrier.Api.Security;

namespace Harrier.Api.People;

/// <summary>Somebody who may sign in, without the password.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What it allows.</param>
/// <param name="PasswordHash">Of the framework's hasher: PBKDF2 with a salt of its own.</param>
/// <param name="Created">Since when.</param>
/// <param name="TotpSecret">What one-time codes are made of, in Base32; null where none are asked for.</param>
/// <param name="LastStep">Step of the last code that was used, so that none works twice.</param>
public sealed record User(string Name, Role Role, string PasswordHash, DateTimeOffset Created, string? TotpSecret = null, long LastStep = 0);
