using System.Security.Cryptography;
using System.Text;

namespace Harrier.Api.People;

/// <summary>What the link in the terminal holds, by which the first user is made: good until there is one.</summary>
/// <param name="users">Who may sign in.</param>
internal sealed class SetupKey(UserStore users)
{
    private readonly string _key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The path of the link; null when there is an administrator already.</summary>
    public string? Path => !HasAdministrator ? "/setup?key=" + _key : null;

    // Others may come before: with Google, or by a link.
    private bool HasAdministrator => users.All().Any(static user => user.IsActingAdmin);

    /// <summary>Whether somebody shows the key while it is good.</summary>
    public bool Opens(string? key) => !HasAdministrator && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key ?? ""), Encoding.UTF8.GetBytes(_key));
}
