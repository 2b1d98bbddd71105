using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harrier.Api.Security;
using Harrier.Hosting.Keys;
using Microsoft.AspNetCore.Identity;

namespace Harrier.Api.People;

/// <summary>The users of a home: a file that only its owner can read, with hashes and no passwords.</summary>
/// <param name="path">The file; it need not exist.</param>
public sealed class UserStore(string path)
{
    /// <summary>Letters of the shortest password.</summary>
    public const int ShortestPassword = 12;

    private const int LongestPassword = 200;
    private const int LongestName = 40;
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };
    private static readonly PasswordHasher<string> Hasher = new();

    // Somebody who is not there takes as long to be refused as somebody who is.
    private static readonly string NobodysHash = Hasher.HashPassword("", Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    private readonly Lock _gate = new();

    /// <summary>Who may sign in.</summary>
    /// <exception cref="InvalidDataException">The file is not a list of users.</exception>
    public IReadOnlyList<User> All()
    {
        lock (_gate)
        {
            try
            {
                return File.Exists(path) ? JsonSerializer.Deserialize<List<User>>(File.ReadAllText(path), Json) ?? [] : [];
            }
            catch (JsonException fault)
            {
                throw new InvalidDataException($"{path}: a list of users as this program writes it: {fault.Message}");
            }
        }
    }

    /// <summary>Adds somebody.</summary>
    /// <returns>What is wrong with name or password; null when it was done.</returns>
    public string? Add(string name, string password, Role role, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);
        if (name.Length is 0 or > LongestName || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            return $"name: 1 to {LongestName} letters, digits, dots, dashes";
        }

        if (password.Length is < ShortestPassword or > LongestPassword || password.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            return $"password: {ShortestPassword} to {LongestPassword} letters, the name not among them";
        }

        lock (_gate)
        {
            IReadOnlyList<User> users = All();
            if (users.Any(user => user.Name == name))
            {
                return "name: one that nobody has yet";
            }

            Save([.. users, new User(name, role, Hasher.HashPassword(name, password), now)]);
            return null;
        }
    }

    /// <summary>Whom a name, a password and a code are of; null for anybody else. A code that was used is used up.</summary>
    /// <param name="name">The name.</param>
    /// <param name="password">The password.</param>
    /// <param name="code">The one-time code; not looked at where none is asked for.</param>
    /// <param name="now">The time.</param>
    public User? Check(string name, string password, string? code, DateTimeOffset now)
    {
        lock (_gate)
        {
            IReadOnlyList<User> users = All();
            User? user = users.FirstOrDefault(one => one.Name == name);
            bool isPassword = Hasher.VerifyHashedPassword(name, user?.PasswordHash ?? NobodysHash, password) != PasswordVerificationResult.Failed;
            if (user is null || !isPassword)
            {
                return null;
            }

            if (user.TotpSecret is not { } secret)
            {
                return user;
            }

            if (OneTimeCode.Match(secret, code ?? "", now, user.LastStep) is not { } step)
            {
                return null;
            }

            User known = user with { LastStep = step };
            Save([.. users.Select(one => one.Name == name ? known : one)]);
            return known;
        }
    }

    /// <summary>Asks somebody for one-time codes from now on, or not any more.</summary>
    /// <param name="name">Whom.</param>
    /// <param name="secret">What codes are made of; null for none.</param>
    /// <param name="lastStep">Step of the code by which the secret was proven.</param>
    public void SetTotp(string name, string? secret, long lastStep)
    {
        lock (_gate)
        {
            Save([.. All().Select(one => one.Name == name ? one with { TotpSecret = secret, LastStep = lastStep } : one)]);
        }
    }

    private void Save(IReadOnlyList<User> users) => OwnerFile.Write(path, users, Json);
}
