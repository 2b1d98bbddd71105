using System.Security.Cryptography;
using System.Text;
using Harrier.Api.Security;

namespace Harrier.Api.People;

/// <summary>The links of a home that are open: a file that only its owner can read, with hashes and no keys.</summary>
/// <param name="path">The file; it need not exist.</param>
public sealed class OneTimeLinks(string path)
{
    /// <summary>Name of the file in a home.</summary>
    public const string FileName = "links.json";

    private const string Page = "/invite?key=";
    private const int KeyBytes = 32;

    private readonly OwnerList<OneTimeLink> _links = new(path, "a list of links as this program writes it");

    /// <summary>Makes a link.</summary>
    /// <param name="user">Whose password it sets; null for an invitation.</param>
    /// <param name="role">What somebody new may do.</param>
    /// <param name="times">From when until when it is good.</param>
    /// <param name="by">Who makes it.</param>
    /// <returns>The link as it is kept, and its path, which nobody can read again.</returns>
    public (OneTimeLink Link, string Path) Create(string? user, Role role, (DateTimeOffset Now, DateTimeOffset Expires) times, string by)
    {
        string key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        OneTimeLink link = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), user, role, times.Now, times.Expires, by, HashOf(key));
        _links.Add(link, one => one.Expires <= times.Now);
        return (link, Page + key);
    }

    /// <summary>The links that are open.</summary>
    public IReadOnlyList<OneTimeLink> Open(DateTimeOffset now) => [.. _links.All().Where(link => link.Expires > now)];

    /// <summary>The open link that a key is of; null for any other text.</summary>
    public OneTimeLink? Find(string? key, DateTimeOffset now) => Find(_links.All(), key, now);

    /// <summary>Does what a link is for, and closes it; nobody else uses it meanwhile.</summary>
    /// <param name="key">What opens it.</param>
    /// <param name="now">The time.</param>
    /// <param name="use">Does it; what is wrong, or null when it is done. The link stays open where something is.</param>
    /// <returns>Whether there is such a link, and what is wrong.</returns>
    public (bool IsOpen, string? Fault) Use(string? key, DateTimeOffset now, Func<OneTimeLink, string?> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        return _links.Change<(bool, string?)>(links =>
        {
            if (Find(links, key, now) is not { } link)
            {
                return (null, (false, null));
            }

            string? fault = use(link);
            return (fault is null ? [.. links.Where(one => one.Id != link.Id)] : null, (true, fault));
        });
    }

    /// <summary>Closes a link.</summary>
    /// <returns>False where there is none.</returns>
    public bool Close(string id) => _links.Remove(link => link.Id == id);

    private static OneTimeLink? Find(IReadOnlyList<OneTimeLink> links, string? key, DateTimeOffset now)
    {
        byte[] hash = Encoding.ASCII.GetBytes(HashOf(key ?? ""));
        OneTimeLink? found = null;
        foreach (OneTimeLink link in links)
        {
            bool isIt = CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(link.Hash));
            found = isIt ? link : found;
        }

        return found?.Expires > now ? found : null;
    }

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
